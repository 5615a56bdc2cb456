#ifndef TWINQ_PLATFORM_ALLOCATOR_H_
#define TWINQ_PLATFORM_ALLOCATOR_H_

namespace twinq::platform {

// Has the C library's allocator join freed small blocks with their neighbours at once. By default
// it keeps those that a thread's own cache has no room for in lists, and at the next block of a
// kilobyte or more goes through all of them: a server that holds some hundred small blocks for each
// call under way, and takes larger ones for each, does that at every call, for a seventh of its
// time. Call it before the first thread is started.
void JoinFreedBlocksAtOnce();

// Gives pages in which nothing is allocated any more back to the machine, which the allocator does
// by itself only at the end of its heaps. Cost: a look at every free block, while threads that
// allocate wait; a tenth of a second for a gigabyte.
void ReturnFreedMemory();

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_ALLOCATOR_H_
