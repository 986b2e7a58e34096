package im.waxwing.primitives;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/// libsodium's functions, one method each, on Java arrays.
///
/// Calls are *critical*: arrays are not copied, and the garbage collector waits for the call. None
/// takes longer than some 100 µs. Return codes other than 0 come back as `false`.
final class Sodium {

  private static final MethodHandle INIT = function("sodium_init");
  private static final MethodHandle SCALARMULT =
      function("crypto_scalarmult_curve25519", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle SCALARMULT_BASE =
      function("crypto_scalarmult_curve25519_base", ADDRESS, ADDRESS);
  private static final MethodHandle BLAKE2B =
      function(
          "crypto_generichash_blake2b", ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
  private static final MethodHandle CHACHA20 =
      function("crypto_stream_chacha20_ietf_xor", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle SIGN_SEED_KEYPAIR =
      function("crypto_sign_seed_keypair", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle SIGN =
      function("crypto_sign_detached", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  private static final MethodHandle VERIFY =
      function("crypto_sign_verify_detached", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  private static final MethodHandle ED25519_SCALARMULT =
      function("crypto_scalarmult_ed25519_noclamp", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle ED25519_SCALARMULT_BASE =
      function("crypto_scalarmult_ed25519_base_noclamp", ADDRESS, ADDRESS);
  private static final MethodHandle SCALAR_REDUCE =
      procedure("crypto_core_ed25519_scalar_reduce", ADDRESS, ADDRESS);
  private static final MethodHandle SCALAR_MUL =
      procedure("crypto_core_ed25519_scalar_mul", ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle SCALAR_ADD =
      procedure("crypto_core_ed25519_scalar_add", ADDRESS, ADDRESS, ADDRESS);

  private Sodium() {}

  static void initialise() {
    try {
      if ((int) INIT.invokeExact() < 0) {
        throw new IllegalStateException("libsodium does not start");
      }
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  static boolean scalarMult(
      byte[] result, int resultAt, byte[] scalar, int scalarAt, byte[] point, int pointAt) {
    try {
      return 0
          == (int)
              SCALARMULT.invokeExact(
                  part(result, resultAt, 32), part(scalar, scalarAt, 32), part(point, pointAt, 32));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  static boolean scalarMultBase(byte[] result, byte[] scalar) {
    try {
      return 0 == (int) SCALARMULT_BASE.invokeExact(all(result), all(scalar));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  static boolean blake2b(
      byte[] hash, byte[] data, int at, int length, byte[] key, int keyAt, int keyLength) {
    try {
      return 0
          == (int)
              BLAKE2B.invokeExact(
                  all(hash),
                  (long) hash.length,
                  part(data, at, length),
                  (long) length,
                  part(key, keyAt, keyLength),
                  (long) keyLength);
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  static boolean chaCha20(byte[] data, int at, int length, byte[] nonce, byte[] key, int keyAt) {
    try {
      MemorySegment place = part(data, at, length);
      return 0
          == (int)
              CHACHA20.invokeExact(place, place, (long) length, all(nonce), part(key, keyAt, 32));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  static boolean keyPairFromSeed(byte[] publicKey, byte[] secretKey, byte[] seed) {
    try {
      return 0 == (int) SIGN_SEED_KEYPAIR.invokeExact(all(publicKey), all(secretKey), all(seed));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  static boolean sign(byte[] signature, byte[] message, byte[] secretKey) {
    try {
      return 0
          == (int)
              SIGN.invokeExact(
                  all(signature),
                  MemorySegment.NULL,
                  all(message),
                  (long) message.length,
                  all(secretKey));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  static boolean verify(byte[] signature, byte[] message, byte[] publicKey) {
    try {
      return 0
          == (int)
              VERIFY.invokeExact(
                  all(signature), all(message), (long) message.length, all(publicKey));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  /// Refuses points of small order, outside the main subgroup, or not in canonical form.
  static boolean ed25519ScalarMult(byte[] result, byte[] scalar, byte[] point) {
    try {
      return 0 == (int) ED25519_SCALARMULT.invokeExact(all(result), all(scalar), all(point));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  static boolean ed25519ScalarMultBase(byte[] result, byte[] scalar) {
    try {
      return 0 == (int) ED25519_SCALARMULT_BASE.invokeExact(all(result), all(scalar));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  /// 64 bytes modulo the group order L.
  static void scalarReduce(byte[] result, byte[] wide) {
    try {
      SCALAR_REDUCE.invokeExact(all(result), all(wide));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  static void scalarMul(byte[] result, byte[] x, byte[] y) {
    try {
      SCALAR_MUL.invokeExact(all(result), all(x), all(y));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  static void scalarAdd(byte[] result, byte[] x, byte[] y) {
    try {
      SCALAR_ADD.invokeExact(all(result), all(x), all(y));
    } catch (Throwable cause) {
      throw failed(cause);
    }
  }

  private static MethodHandle function(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle procedure(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.ofVoid(arguments));
  }

  /// Without a library, a handle that says so when called.
  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return SodiumLibrary.SYMBOLS
        .flatMap(symbols -> symbols.find(name))
        .map(
            address ->
                Linker.nativeLinker()
                    .downcallHandle(address, descriptor, Linker.Option.critical(true)))
        .orElseGet(() -> absent(descriptor));
  }

  private static MethodHandle absent(FunctionDescriptor descriptor) {
    var type = descriptor.toMethodType();
    var thrower =
        MethodHandles.throwException(type.returnType(), UnsupportedOperationException.class)
            .bindTo(new UnsupportedOperationException("libsodium is not here"));
    return MethodHandles.dropArguments(thrower, 0, type.parameterList());
  }

  private static MemorySegment all(byte[] array) {
    return MemorySegment.ofArray(array);
  }

  private static MemorySegment part(byte[] array, int at, int length) {
    return MemorySegment.ofArray(array).asSlice(at, length);
  }

  private static RuntimeException failed(Throwable cause) {
    return switch (cause) {
      case Error error -> throw error;
      case RuntimeException exception -> exception;
      default -> new IllegalStateException("a call into libsodium failed", cause);
    };
  }
}
