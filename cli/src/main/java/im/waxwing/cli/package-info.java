/// The command line, a client of the loopback server.
@NullMarked
package im.waxwing.cli;

import org.jspecify.annotations.NullMarked;
