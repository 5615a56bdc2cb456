#ifndef TWINQ_TESTS_CRASH_RUN_FOLDER_H_
#define TWINQ_TESTS_CRASH_RUN_FOLDER_H_

#include <string>

namespace twinq::crash {

// Where a run writes everything: `keep_dir`, made if it is missing, or if that is empty a fresh
// folder whose name begins with `name`. Empty if there is none.
std::string MakeRunFolder(const std::string& keep_dir, const std::string& name);

// The path of a file in the folder of the program that was started as `own_name`.
std::string PathBeside(const std::string& own_name, const std::string& file);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_RUN_FOLDER_H_
