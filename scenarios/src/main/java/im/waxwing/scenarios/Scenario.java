package im.waxwing.scenarios;

/// What is done to show that a feature works: returns when it did, fails when it did not.
@FunctionalInterface
interface Scenario {
  void play(Programs programs) throws ScenarioException, InterruptedException;
}
