package im.waxwing.web;

import io.vertx.core.MultiMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides whether a request comes from this machine's own page or programs (api.md §2).
///
/// A hostile web page may aim at 127.0.0.1 through a name of its own (DNS rebinding), or from its
/// own origin; a browser tells on it by `Host`, `Origin` and `Sec-Fetch-Site`.
record Guard(int port) {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  boolean admits(MultiMap headers) {
    String host = headers.get("Host");
    return host != null
        && headers.getAll("Host").size() == 1
        && isOurs(host)
        && isSameOrigin(host, headers.get("Origin"))
        && isOwnSite(headers.get("Sec-Fetch-Site"));
  }

  private boolean isOurs(String host) {
    return host.equals("127.0.0.1:" + port) || host.equals("localhost:" + port);
  }

  private static boolean isSameOrigin(String host, @Nullable String origin) {
    return origin == null || origin.equals("http://" + host);
  }

  private static boolean isOwnSite(@Nullable String site) {
    return site == null || OWN_SITES.contains(site);
  }
}
