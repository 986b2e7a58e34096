package im.waxwing.base;

/// A stranger's bytes or text that break a rule. Names the field and the rule, never the bytes.
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String rule;

  public MalformedException(String field, String rule) {
    super(field + " " + rule);
    this.field = field;
    this.rule = rule;
  }

  public String field() {
    return field;
  }

  public String rule() {
    return rule;
  }
}
