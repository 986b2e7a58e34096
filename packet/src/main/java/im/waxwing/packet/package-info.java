/// The Sphinx packet: one to five layers, each removed by one relay; bytes in, bytes out, no I/O.
///
/// `spec/packet.md` has the layout and the procedures. A sender uses [PacketWrapper], a node
/// [PacketUnwrapper] and [ReplayTags]; both share a [Geometry]. Start with [PacketWrapper#wrap].
@NullMarked
package im.waxwing.packet;

import org.jspecify.annotations.NullMarked;
