package im.waxwing.node;

import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.SettingsFile;
import im.waxwing.fuzz.Target;
import java.util.List;

/// What an operator, or a program of theirs, writes into the file of settings.
public final class NodeTargets {
  private NodeTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of(
            "node-settings",
            "im.waxwing.node.Settings#parse",
            SettingsFile.readBy(
                Settings.FILE, folder -> Settings.parse(List.of("--data", folder.toString()))),
            NodeTargets::files));
  }

  private static Cases files() {
    return new Cases()
        .with("success-empty", "")
        .with(
            "success",
            """
            # a remark
            port = 7443
            bind-address = ::1
            public-name = node.example
            max-mailboxes = 1000
            disk-reserve = 512MiB
            unsafe-clock-offset = -26h
            """)
        .with("no-equals", "port 7443")
        .with("unknown-key", "prot = 7443")
        .with("port-too-high", "port = 65536")
        .with("port-no-number", "port = https")
        .with("no-mailboxes", "max-mailboxes = 0")
        .with("size-without-unit", "disk-reserve = 512")
        .with("bad-host", "public-name = no de")
        .with("bad-address", "bind-address = :-1")
        .with("no-time", "unsafe-clock-offset = soon")
        .with("time-too-long", "unsafe-clock-offset = 9999999999999999999d")
        .with("no-utf-8", new byte[] {(byte) 0xC3, 0x28});
  }
}
