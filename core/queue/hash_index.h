#ifndef TWINQ_CORE_QUEUE_HASH_INDEX_H_
#define TWINQ_CORE_QUEUE_HASH_INDEX_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/base/large_memory.h"
#include "core/base/prefetch.h"

namespace twinq {

// Finds items that are stored elsewhere, each known by a number, by their hash. The index keeps
// 32 bits of the hash and the number, eight bytes a cell, so a search touches one cache line here
// and, but for one in four billion others, only the item that is looked for.
//
// Growing is spread: the cells of the old table move a few at a time with each Insert(), so that no
// call of a million items is longer than others. Cells are ordered by hash, and the table has no
// end that wraps, so "has moved" is a bound on hashes. What the old table has had is given back a
// little with each Insert(), too.
//
// REQUIRES: hashes that nobody can foresee (absl::HashOf), else chains grow long. Numbers are below
// kNone. At most 2^30 items.
// Cost: O(1) a call. 12 to 24 bytes an item, 36 while it grows.
class HashIndex {
 public:
  static constexpr uint32_t kNone = 0xFFFF'FFFF;

  // The 32 bits that the index keeps of a hash.
  static uint32_t Fold(size_t hash) { return static_cast<uint32_t>(uint64_t{hash} >> 32); }

  size_t size() const { return size_; }

  // The number of this hash that `is_it(number)` says it is, or kNone.
  template <typename IsIt>
  uint32_t Find(uint32_t hash, IsIt is_it) const {
    if (size_ == 0) return kNone;
    const Table& table = IsInOld(hash) ? old_ : table_;
    for (size_t i = table.HomeOf(hash); table.cells[i] != kEmpty; ++i) {
      const uint64_t cell = table.cells[i];
      if (HashOf(cell) == hash && is_it(NumberOf(cell))) return NumberOf(cell);
    }
    return kNone;
  }
  // Begins to load the cell at which a search for this hash begins.
  void Prefetch(uint32_t hash) const {
    if (size_ == 0) return;
    const Table& table = IsInOld(hash) ? old_ : table_;
    twinq::Prefetch(table.cells[table.HomeOf(hash)]);
  }
  // Some number of this hash, nearly always the only one there is, or kNone.
  uint32_t FindAny(uint32_t hash) const {
    return Find(hash, [](uint32_t) { return true; });
  }
  // REQUIRES: the number is not in the index.
  void Insert(uint32_t hash, uint32_t number);
  // Whether it was there.
  bool Erase(uint32_t hash, uint32_t number);
  // Whether it has so much memory that it should end piece by piece.
  bool is_big() const { return std::max(old_.memory.bytes(), table_.memory.bytes()) > kPieceBytes; }
  // Ends the index, of which nothing may be asked any longer, piece by piece: gives back
  // kPieceBytes of its memory. Returns whether there was any.
  bool FreePiece();

 private:
  static constexpr uint64_t kEmpty = 0;
  static constexpr int kBitsMin = 4;
  // Most cells behind the last home. Chains that reach so far do not occur: at two thirds full one
  // of 200 cells is out of the question.
  static constexpr size_t kOverflowCellsMax = 1'024;
  static constexpr size_t kMovedPerInsert = 8;
  static constexpr size_t kPieceBytes = size_t{128} * 1'024;

  struct Table {
    Table() = default;  // No cells.
    explicit Table(int bits_of_homes);

    size_t HomeOf(uint32_t hash) const { return hash >> (32 - bits); }
    size_t homes() const { return cells == nullptr ? 0 : size_t{1} << bits; }
    size_t size() const { return homes() + std::min(homes(), kOverflowCellsMax); }
    void Put(uint64_t cell);

    int bits = kBitsMin - 1;
    LargeMemory memory;
    uint64_t* cells = nullptr;  // In it.
  };

  // A cell is the hash above the number plus one, so that none is kEmpty.
  static uint64_t CellOf(uint32_t hash, uint32_t number) {
    return (uint64_t{hash} << 32) | (number + 1);
  }
  static uint32_t HashOf(uint64_t cell) { return static_cast<uint32_t>(cell >> 32); }
  static uint32_t NumberOf(uint64_t cell) { return static_cast<uint32_t>(cell) - 1; }

  bool is_growing() const { return old_.cells != nullptr; }
  // Whether an item of this hash is, or belongs, where it was before the growing.
  bool IsInOld(uint32_t hash) const { return is_growing() && old_.HomeOf(hash) >= moved_; }
  void BeginToGrow();
  // Moves whole chains, at least so many cells.
  void Move(size_t cells);
  // Gives back a piece of `remains_`.
  void ShrinkRemains();

  Table table_;
  Table old_;            // While it grows; its cells before `moved_` are in `table_`.
  size_t moved_ = 0;     // An empty cell of `old_`, or its beginning.
  LargeMemory remains_;  // Of the table that was old before, given back piece by piece.
  size_t size_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_HASH_INDEX_H_
