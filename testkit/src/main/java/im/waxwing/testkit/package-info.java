/// Whole worlds in one process, without sockets, threads or waiting: [VirtualTime] is moved by
/// hand, a [SimulatedNetwork] has its [Weather], a [SimulatedNode] its troubles, and the power of
/// any [Machine] may go at any step. What happens follows from one seed ([Chance]) and the order of
/// events; never from random bytes.
@NullMarked
package im.waxwing.testkit;

import org.jspecify.annotations.NullMarked;
