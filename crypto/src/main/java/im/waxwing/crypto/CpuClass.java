package im.waxwing.crypto;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// The kind of processor, as far as libsignal 0.86.5 stores half-finished key encapsulations
/// differently on it: a session that moves between kinds breaks for good (libsignal issue 641).
///
/// @param name architecture and vector unit, such as `amd64+avx2`
public record CpuClass(String name) {
  private static final CpuClass HERE = new CpuClass(detect());

  /// The processor this runs on.
  public static CpuClass here() {
    return HERE;
  }

  private static String detect() {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (architecture) {
      case "amd64", "x86_64" -> hasAvx2() ? "amd64+avx2" : "amd64";
      case "aarch64", "arm64" -> "aarch64+neon";
      default -> architecture;
    };
  }

  /// Asks the virtual machine, which has asked the processor: /proc/cpuinfo shows the host's under
  /// emulation.
  private static boolean hasAvx2() {
    var diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return Integer.parseInt(diagnostics.getVMOption("UseAVX").getValue()) >= 2;
  }
}
