package im.waxwing.node.directory;

import im.waxwing.base.ByteString;
import im.waxwing.model.NodeAddress;
import im.waxwing.node.DocumentLink;
import im.waxwing.node.directory.Clerk.Question;
import im.waxwing.protocol.consensus.Descriptor;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Asks the other authorities, and looks whether nodes answer; one virtual thread for each.
final class Colleagues implements AutoCloseable {
  private static final int PROBES_AT_ONCE = 32;

  private final Vertx vertx;
  private final boolean nodesMayBeHere;
  private final Map<NodeAddress, Colleague> colleagues = new HashMap<>();
  private final Set<Descriptor> probing = ConcurrentHashMap.newKeySet();
  private final Semaphore probes = new Semaphore(PROBES_AT_ONCE);

  Colleagues(Vertx vertx, List<NodeAddress> others, boolean nodesMayBeHere) {
    this.vertx = vertx;
    this.nodesMayBeHere = nodesMayBeHere;
    others.forEach(address -> colleagues.put(address, new Colleague(address)));
  }

  /// Asks every other authority that has answered the last questions, or failed to.
  void ask(List<Question> questions, BiConsumer<Question, ByteString> heard) {
    colleagues.values().forEach(one -> one.ask(questions, heard));
  }

  /// Links to nodes to see that they answer where they say, by their key.
  void probe(List<Descriptor> nodes, Consumer<Descriptor> answered) {
    for (Descriptor node : nodes) {
      if (probing.add(node)) {
        Thread.startVirtualThread(() -> probe(node, answered));
      }
    }
  }

  private void probe(Descriptor node, Consumer<Descriptor> answered) {
    try {
      probes.acquire();
      try (DocumentLink _ = DocumentLink.open(vertx, resolved(node.address()))) {
        answered.accept(node);
      } finally {
        probes.release();
      }
    } catch (IOException _) {
      // It does not answer, and is not listed until it does.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      probing.remove(node);
    }
  }

  /// The address as numbers, so that what is checked is what is dialled: a stranger shall not make
  /// an authority knock at doors inside its operator's house.
  private NodeAddress resolved(NodeAddress address) throws IOException {
    if (nodesMayBeHere) {
      return address;
    }
    InetAddress found = InetAddress.getByName(address.host());
    if (found.isLoopbackAddress()
        || found.isAnyLocalAddress()
        || found.isLinkLocalAddress()
        || found.isSiteLocalAddress()
        || found.isMulticastAddress()) {
      throw new IOException("not an address of the internet");
    }
    String host = found.getHostAddress();
    return new NodeAddress(
        host.contains(":") ? "[" + host + "]" : host, address.port(), address.key());
  }

  @Override
  public void close() {
    colleagues.values().forEach(Colleague::close);
  }

  /// One other authority.
  private final class Colleague {
    private final NodeAddress address;
    private final Semaphore free = new Semaphore(1);
    private volatile Optional<DocumentLink> link = Optional.empty();

    Colleague(NodeAddress address) {
      this.address = address;
    }

    void ask(List<Question> questions, BiConsumer<Question, ByteString> heard) {
      if (free.tryAcquire()) {
        Thread.startVirtualThread(
            () -> {
              try {
                askAll(questions, heard);
              } finally {
                free.release();
              }
            });
      }
    }

    private void askAll(List<Question> questions, BiConsumer<Question, ByteString> heard) {
      try {
        DocumentLink open = link.isPresent() ? link.get() : DocumentLink.open(vertx, address);
        link = Optional.of(open);
        for (Question question : questions) {
          open.ask(question.kind(), question.epoch(), question.name(), question.known())
              .filter(document -> document.size() > 0)
              .ifPresent(document -> heard.accept(question, document));
        }
      } catch (IOException _) {
        close();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    void close() {
      link.ifPresent(DocumentLink::close);
      link = Optional.empty();
    }
  }
}
