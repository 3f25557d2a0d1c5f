package io.dlms4j.examples.quickstart;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.Unit;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.Clock;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.profile.CapturingProfile;
import java.time.LocalDateTime;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A meter of one's own: a clock, a register, and a load profile that captures both. */
public final class OwnMeter {
  private static final ObisCode CLOCK = ObisCode.of("0.0.1.0.0.255");
  private static final ObisCode ENERGY = ObisCode.of("1.0.1.8.0.255");

  /** The load profile. */
  public final CapturingProfile profile;

  /** The device that holds all of it. */
  public final LogicalDevice device;

  /**
   * Makes the meter.
   *
   * @param now its local time
   * @param wattHours what it has counted
   * @param config how clients associate
   */
  public OwnMeter(
      Supplier<LocalDateTime> now, LongSupplier wattHours, ServerAssociationConfig config) {
    // README own meter
    CosemObject clock =
        CosemObject.builder(Clock.CLASS, CLOCK)
            .attribute(Clock.TIME, () -> CosemDateTime.of(now.get(), -60, 0))
            .build();
    CosemObject energy =
        CosemObject.builder(Register.CLASS, ENERGY)
            .attribute(Register.VALUE, () -> CosemData.doubleLongUnsigned(wattHours.getAsLong()))
            .attribute(Register.SCALER_UNIT, () -> new ScalerUnit(0, Unit.of(30))) // Wh
            .build();
    profile =
        CapturingProfile.builder(ObisCode.of("1.0.99.1.0.255"))
            .column(new AttributeRef(8, CLOCK, 2))
            .column(new AttributeRef(3, ENERGY, 2))
            .profileEntries(2880)
            .capturePeriod(900) // profile.onTime(device, now) captures what is due
            .build();
    device =
        LogicalDevice.builder(1, Octets.ofAscii("DLM0000002"))
            .association(
                16, config, AccessPolicy.full()) // or rights of your own, to each attribute
            .object(clock)
            .object(energy)
            .object(profile)
            .build();
    // README end
  }
}
