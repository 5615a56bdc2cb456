#include "core/queue/hash_index.h"

#include <utility>

#include "core/base/check.h"

namespace twinq {

HashIndex::Table::Table(int bits_of_homes) : bits(bits_of_homes) {
  const size_t homes = size_t{1} << bits;
  const size_t size = homes + std::min(homes, kOverflowCellsMax);
  // NOLINTNEXTLINE(*-owning-memory)
  cells.reset(static_cast<uint64_t*>(std::calloc(size, sizeof(uint64_t))));
  TWINQ_CHECK(cells != nullptr);
}

void HashIndex::Table::Put(uint64_t cell) {
  size_t i = HomeOf(HashOf(cell));
  while (cells[i] != kEmpty) ++i;
  TWINQ_CHECK(i + 1 < size());  // The last cell ends every search.
  cells[i] = cell;
}

void HashIndex::Remains::Take(Table table) {
  bytes_ = table.bytes();
  cells_ = std::move(table.cells);
}

void HashIndex::Remains::FreePiece() {
  if (bytes_ <= kPieceBytes) return cells_.reset();
  bytes_ -= kPieceBytes;
  // NOLINTNEXTLINE(*-owning-memory)
  cells_.reset(static_cast<uint64_t*>(std::realloc(cells_.release(), bytes_)));
  TWINQ_CHECK(cells_ != nullptr);
}

void HashIndex::Insert(uint32_t hash, uint32_t number) {
  if (!remains_.empty()) remains_.FreePiece();
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
  if (moved_ == end) remains_.Take(std::exchange(old_, Table()));
}

bool HashIndex::FreePiece() {
  size_ = 0;
  if (remains_.empty()) remains_.Take(std::exchange(is_growing() ? old_ : table_, Table()));
  if (remains_.empty()) return false;
  remains_.FreePiece();
  return true;
}

}  // namespace twinq
