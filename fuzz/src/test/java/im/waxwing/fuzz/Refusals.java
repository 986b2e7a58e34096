package im.waxwing.fuzz;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The lines of our programs that say no to a stranger: where a refusal is constructed.
final class Refusals {
  private static final Set<String> ROOTS =
      Set.of(
          "im/waxwing/base/MalformedException", "im/waxwing/engine/InvitationLink$FaultException");
  private static final String PROBLEM = "im/waxwing/api/ProblemException";
  private static final String API_JSON = "im.waxwing.web.ApiJson";
  private static final String CRYPTO = "im/waxwing/crypto/CryptoException$";

  private Refusals() {}

  /// All there are, as `package.Class#method:line`.
  static Set<String> inCode() throws IOException {
    Set<String> lines = new TreeSet<>();
    for (ClassModel type : OurClasses.all()) {
      for (MethodModel method : type.methods()) {
        add(type, method, lines);
      }
    }
    return lines;
  }

  private static void add(ClassModel type, MethodModel method, Set<String> lines) {
    int line = 0;
    for (CodeElement element : method.code().map(CodeModel::elementList).orElse(List.of())) {
      switch (element) {
        case LineNumber number -> line = number.line();
        case InvokeInstruction call when isRefusal(type, call) ->
            lines.add(OurClasses.name(type) + "#" + method.methodName().stringValue() + ":" + line);
        default -> {}
      }
    }
  }

  private static boolean isRefusal(ClassModel type, InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    return call.name().equalsString("<init>")
        && (ROOTS.contains(owner)
            || owner.startsWith(CRYPTO)
            || (owner.equals(PROBLEM) && OurClasses.name(type).equals(API_JSON)));
  }

  /// Where this refusal and its causes were constructed.
  static Set<String> of(Throwable thrown) {
    Set<String> lines = new TreeSet<>();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      StackTraceElement[] trace = cause.getStackTrace();
      if (trace.length > 0) {
        StackTraceElement top = trace[0];
        lines.add(top.getClassName() + "#" + top.getMethodName() + ":" + top.getLineNumber());
      }
    }
    return lines;
  }
}
