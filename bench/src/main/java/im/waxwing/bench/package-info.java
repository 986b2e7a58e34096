/// The performance table: what the parts cost on this machine, each against a limit that is
/// measured or set in the same run. docs/bench.md says how to read it.
@NullMarked
package im.waxwing.bench;

import org.jspecify.annotations.NullMarked;
