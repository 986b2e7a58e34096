/// Sessions between devices: letters, lanes and envelopes; the only module that names libsignal.
@NullMarked
package im.waxwing.crypto;

import org.jspecify.annotations.NullMarked;
