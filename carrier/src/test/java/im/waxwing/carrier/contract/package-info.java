/// What every carrier promises, as tests. A carrier's module extends [CarrierContract].
@NullMarked
package im.waxwing.carrier.contract;

import org.jspecify.annotations.NullMarked;
