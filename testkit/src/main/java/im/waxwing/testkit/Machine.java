package im.waxwing.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// A computer with one program on it. Its clock may be wrong, and its power may go at any step: at
/// a cut, everything that the program had planned is gone, as is what it had in memory.
///
/// One thread at a time.
public final class Machine {
  private final String name;
  private final VirtualTime time;
  private Duration clockError = Duration.ZERO;
  private Runnable afterCut = () -> {};
  private long life;
  private boolean on = true;
  private int stepsToCut = -1;

  public Machine(String name, VirtualTime time) {
    this.name = name;
    this.time = time;
  }

  public String name() {
    return name;
  }

  /// What this machine takes for the time.
  public InstantSource clock() {
    return this::clockTime;
  }

  private Instant clockTime() {
    return time.now().plus(clockError);
  }

  public void setClockError(Duration error) {
    clockError = error;
  }

  /// Has the power go at the given step of the program from here, 1 being the next.
  public void cutPowerAtStep(int steps) {
    stepsToCut = steps;
  }

  /// No cut is due any more.
  public void keepPower() {
    stepsToCut = -1;
  }

  /// Tells what is to happen once the power went.
  public void onPowerCut(Runnable action) {
    afterCut = action;
  }

  public boolean isOn() {
    return on;
  }

  /// Switches on after a cut; the program is the caller's to start.
  public void switchOn() {
    on = true;
  }

  /// A place where the power may go. The program's surroundings call it before and after whatever
  /// leaves the memory of the program.
  public void step() {
    if (!on) {
      throw new PowerCut();
    }
    if (stepsToCut > 0 && --stepsToCut == 0) {
      stepsToCut = -1;
      on = false;
      throw new PowerCut();
    }
  }

  /// Plans a piece of the program; it is forgotten when the power goes before.
  public void after(Duration delay, Runnable action) {
    long planner = life;
    time.after(
        delay,
        () -> {
          if (planner == life && on) {
            run(action);
          }
        });
  }

  /// Runs a piece of the program at once. A cut in it ends the piece quietly.
  ///
  /// @return whether it came to its end
  public boolean run(Runnable action) {
    if (!on) {
      return false;
    }
    long runner = life;
    try {
      step();
      action.run();
      step();
      return true;
    } catch (PowerCut cut) {
      if (runner == life) {
        cutPower();
      }
      return false;
    }
  }

  /// Lets time pass for a piece of the program that waits.
  ///
  /// @return whether the condition held before `limit` was over
  public boolean await(BooleanSupplier condition, Duration limit) {
    long waiter = life;
    step();
    boolean held = time.passUntil(() -> life != waiter || condition.getAsBoolean(), limit);
    if (life != waiter) {
      throw new PowerCut();
    }
    return held;
  }

  /// Cuts the power between two steps.
  public void cutPower() {
    on = false;
    life++;
    afterCut.run();
  }
}
