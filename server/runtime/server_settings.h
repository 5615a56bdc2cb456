#ifndef TWINQ_SERVER_RUNTIME_SERVER_SETTINGS_H_
#define TWINQ_SERVER_RUNTIME_SERVER_SETTINGS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "platform/log_line.h"
#include "server/runtime/options.h"
#include "server/runtime/settings.h"

namespace twinq {

// The setting that names the config file, and so cannot stand in one.
inline constexpr absl::string_view kConfigSetting = "config";

// All that can be set about twinqd.
absl::Span<const SettingKind> ServerSettingKinds();

// What the settings say. REQUIRES: they are of ServerSettingKinds(), and none was refused.
// InvalidArgument: one is given without another that it needs; the message names both.
absl::StatusOr<ServerOptions> ServerOptionsOf(const Settings& settings);
// REQUIRES: as before.
LogOptions LogOptionsOf(const Settings& settings);

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_SERVER_SETTINGS_H_
