/// Whole worlds in one process: a simulated network, a clock moved by hand, seeded faults.
@NullMarked
package im.waxwing.testkit;

import org.jspecify.annotations.NullMarked;
