/// The Sphinx packet: layers, reply blocks and their keys; bytes in, bytes out, no I/O.
@NullMarked
package im.waxwing.packet;

import org.jspecify.annotations.NullMarked;
