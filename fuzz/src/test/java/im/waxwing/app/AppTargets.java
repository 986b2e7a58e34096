package im.waxwing.app;

import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.SettingsFile;
import im.waxwing.fuzz.Target;
import java.util.List;
import java.util.Map;

/// What a person, or a program of theirs, writes into the file of settings.
public final class AppTargets {
  private AppTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "app-settings",
            "im.waxwing.app.AppConfig#read",
            SettingsFile.readBy(AppConfig.FILE, folder -> AppConfig.read(folder, Map.of())),
            AppTargets::files));
  }

  private static Cases files() {
    return new Cases()
        .with("success-empty", "")
        .with("success", "# a remark\nport = 7470\nunsafe-clock-offset = 1d\n")
        .with("no-equals", "port 7470")
        .with("unknown-key", "prot = 7470")
        .with("port-too-high", "port = 65536")
        .with("port-no-number", "port = https")
        .with("no-time", "unsafe-clock-offset = soon")
        .with("time-too-long", "unsafe-clock-offset = 9999999999999999999d")
        .with("no-utf-8", new byte[] {(byte) 0xC3, 0x28});
  }
}
