#ifndef TWINQ_PLATFORM_OPEN_FILES_H_
#define TWINQ_PLATFORM_OPEN_FILES_H_

namespace twinq::platform {

// Lets this process have as many open files, connections among them, as the system allows it to
// ask for: the limit that holds at first, often 1,024, is for programs that use select().
void AllowAllOpenFiles();

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_OPEN_FILES_H_
