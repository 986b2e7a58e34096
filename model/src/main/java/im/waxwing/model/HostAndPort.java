package im.waxwing.model;

import im.waxwing.base.MalformedException;
import java.util.regex.Pattern;

/// Where something answers; an IPv6 host stands in brackets.
record HostAndPort(String host, int port) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");

  HostAndPort {
    if (!isHost(host)) {
      throw new IllegalArgumentException("not a host name");
    }
    if (!isPort(port)) {
      throw new IllegalArgumentException("not a port");
    }
  }

  static boolean isHost(String host) {
    return host.length() <= NodeAddress.MAX_HOST && HOST.matcher(host).matches();
  }

  static boolean isPort(int port) {
    return port >= 1 && port <= 0xFFFF;
  }

  static HostAndPort parse(String text) throws MalformedException {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (!isHost(host)) {
      throw new MalformedException("host", "must be a name or an IP address, then :port");
    }
    return new HostAndPort(host, parsePort(text.substring(colon + 1)));
  }

  private static int parsePort(String text) throws MalformedException {
    if (text.matches("[0-9]{1,5}") && isPort(Integer.parseInt(text))) {
      return Integer.parseInt(text);
    }
    throw new MalformedException("port", "must be a number from 1 to 65535");
  }
}
