package im.waxwing.bench;

import im.waxwing.crypto.LetterYardstick;
import java.util.Locale;

/// What it costs to seal a letter of 200 bytes and to open it: padding, ratchets, lane and
/// envelope, with all state in memory, against libsignal's own encrypt and decrypt. Both sides
/// write by turns, as letters and receipts do, so that each letter is a step of both ratchets.
///
/// Processor time of the process, because the collections that keep libsignal's native memory small
/// are part of the price.
record CryptoLetter(Interleaved.Rounds rounds, int lettersPerRound) implements Benchmark {
  private static final int CONTENT_SIZE = 200;

  @Override
  public String name() {
    return "crypto.letter";
  }

  @Override
  public Result run() throws Exception {
    byte[] content = new byte[CONTENT_SIZE];
    LetterYardstick pair = new LetterYardstick(1);
    Interleaved cost =
        Interleaved.measure(
            Interleaved.PROCESS,
            rounds,
            new Interleaved.Side(lettersPerRound, () -> pair.letter(content)),
            new Interleaved.Side(lettersPerRound, () -> pair.bareMessage(content)));
    return new Result(
        name(),
        cost.first() / 1e3,
        "µs per letter",
        cost.second() / 1e3,
        String.format(
            Locale.ROOT,
            "lower is better, aim 1.25; seal and open %d bytes; the limit is libsignal alone",
            content.length));
  }
}
