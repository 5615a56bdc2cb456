#include "core/queue/hash_index.h"

#include <utility>

#include "core/base/check.h"

namespace twinq {

HashIndex::Table::Table(int bits_of_homes) : bits(bits_of_homes) {
  const size_t homes = size_t{1} << bits;
  memory = LargeMemory((homes + std::min(homes, kOverflowCellsMax)) * sizeof(uint64_t));
  cells = static_cast<uint64_t*>(memory.data());
}

void HashIndex::Table::Put(uint64_t cell) {
  size_t i = HomeOf(HashOf(cell));
  while (cells[i] != kEmpty) ++i;
  TWINQ_CHECK(i + 1 < size());  // The last cell ends every search.
  cells[i] = cell;
}

void HashIndex::ShrinkRemains() {
  remains_.Shrink(remains_.bytes() - std::min(remains_.bytes(), kPieceBytes));
}

void HashIndex::Insert(uint32_t hash, uint32_t number) {
  if (remains_.bytes() > 0) ShrinkRemains();
  if (is_growing()) {
    Move(kMovedPerInsert);
  } else if (3 * (size_ + 1) > 2 * table_.homes()) {
    BeginToGrow();
  }
  (IsInOld(hash) ? old_ : table_).Put(CellOf(hash, number));
  ++size_;
}

bool HashIndex::Erase(uint32_t hash, uint32_t number) {
  if (size_ == 0) return false;
  Table& table = IsInOld(hash) ? old_ : table_;
  const uint64_t wanted = CellOf(hash, number);
  size_t hole = table.HomeOf(hash);
  for (; table.cells[hole] != wanted; ++hole) {
    if (table.cells[hole] == kEmpty) return false;
  }
  // What follows in the chain moves back, each at most to its home.
  for (size_t i = hole + 1; table.cells[i] != kEmpty; ++i) {
    if (table.HomeOf(HashOf(table.cells[i])) > hole) continue;
    table.cells[hole] = table.cells[i];
    hole = i;
  }
  table.cells[hole] = kEmpty;
  --size_;
  return true;
}

void HashIndex::BeginToGrow() {
  old_ = std::exchange(table_, Table(table_.bits + 1));
  moved_ = 0;
}

void HashIndex::Move(size_t cells) {
  const size_t end = old_.size();
  const size_t least = std::min(moved_ + cells, end);
  while (moved_ < least || (moved_ < end && old_.cells[moved_] != kEmpty)) {
    if (old_.cells[moved_] != kEmpty) table_.Put(std::exchange(old_.cells[moved_], kEmpty));
    ++moved_;
  }
  if (moved_ == end) remains_ = std::exchange(old_, Table()).memory;
}

bool HashIndex::FreePiece() {
  size_ = 0;
  if (remains_.bytes() == 0) remains_ = std::exchange(is_growing() ? old_ : table_, Table()).memory;
  if (remains_.bytes() == 0) return false;
  ShrinkRemains();
  return true;
}

}  // namespace twinq
