package im.waxwing.cli;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/// A QR code drawn with half blocks, two modules above each other in one character.
record QrCode(BitMatrix modules) {
  private static final int QUIET_ZONE = 2;
  private static final String BLACK_ON_WHITE = "\u001B[30;107m";
  private static final String PLAIN = "\u001B[0m";

  static QrCode of(String content) {
    Map<EncodeHintType, Object> hints =
        Map.of(
            EncodeHintType.MARGIN,
            QUIET_ZONE,
            EncodeHintType.ERROR_CORRECTION,
            ErrorCorrectionLevel.L);
    try {
      return new QrCode(new QRCodeWriter().encode(content, BarcodeFormat.QR_CODE, 0, 0, hints));
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a QR code", e);
    }
  }

  /// Its lines. Without colours a light text on a dark ground is assumed, as most terminals have.
  String text(boolean coloured) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y += 2) {
      text.append(coloured ? BLACK_ON_WHITE : "");
      for (int x = 0; x < modules.getWidth(); x++) {
        text.append(block(isInk(x, y, coloured), isInk(x, y + 1, coloured)));
      }
      text.append(coloured ? PLAIN : "").append('\n');
    }
    return text.toString();
  }

  /// Ink is what the character draws: the dark modules on white, the light ones on a dark ground.
  private boolean isInk(int x, int y, boolean coloured) {
    boolean dark = y < modules.getHeight() && modules.get(x, y);
    return dark == coloured;
  }

  private static char block(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '█' : '▀';
    }
    return lower ? '▄' : ' ';
  }
}
