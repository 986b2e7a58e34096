package im.waxwing.testkit;

import im.waxwing.carrier.contract.CarrierContract;
import im.waxwing.carrier.contract.CarrierWorld;

class SimulatedCarrierContractTest extends CarrierContract {
  @Override
  protected CarrierWorld newWorld() {
    return new DrivenWorld(false);
  }
}
