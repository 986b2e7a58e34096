package im.waxwing.node.directory;

import im.waxwing.model.NodeAddress;
import im.waxwing.node.NodeException;
import im.waxwing.node.OwnerOnly;
import im.waxwing.protocol.consensus.Authority;
import im.waxwing.protocol.consensus.AuthorityKey;
import im.waxwing.protocol.consensus.AuthoritySet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Makes keys for authorities: one for each operator, or all of a network on one machine.
public final class Founding {
  static final String LINE_FILE = "authority-line";

  private Founding() {}

  /// Makes an authority's folder.
  ///
  /// @return what its operator hands to the others
  static Authority one(Path folder, String host, int port) throws IOException, NodeException {
    if (AuthorityFolder.isOne(folder)) {
      throw new NodeException.BadSetting(
          "there is an authority in " + folder, "run it, or name another folder by --data DIR");
    }
    try (AuthorityKey key = AuthorityFolder.create(folder)) {
      Authority authority =
          new Authority(new NodeAddress(host, port, key.nodeKey()), key.latticeKey());
      write(folder.resolve(LINE_FILE), "authority " + authority.format() + "\n");
      return authority;
    } catch (IllegalArgumentException e) {
      throw new NodeException.BadSetting("--public-name must be a host name or an IP address", "");
    }
  }

  /// Makes all authorities of a network on this machine, in folders `authority-1`, `authority-2` …
  /// and its network file.
  public static AuthoritySet local(Path folder, int count, Duration epoch)
      throws IOException, NodeException {
    List<Authority> authorities = new ArrayList<>();
    List<Integer> ports = freePorts(count);
    for (int i = 0; i < count; i++) {
      authorities.add(one(folder.resolve("authority-" + (i + 1)), "127.0.0.1", ports.get(i)));
    }
    AuthoritySet set = set(epoch, authorities);
    write(folder.resolve(AuthorityFolder.NETWORK_FILE), set.format());
    for (int i = 0; i < count; i++) {
      Path own = folder.resolve("authority-" + (i + 1));
      write(own.resolve(AuthorityFolder.NETWORK_FILE), set.format());
    }
    return set;
  }

  private static AuthoritySet set(Duration epoch, List<Authority> authorities)
      throws NodeException {
    try {
      return new AuthoritySet(epoch, authorities);
    } catch (IllegalArgumentException e) {
      throw new NodeException.BadSetting("--epoch must be from 1s to 24h", "leave it out for 1h");
    }
  }

  /// All are held until all are found, so that no two are the same.
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
    return ports;
  }

  private static void write(Path file, String text) throws IOException {
    OwnerOnly.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
