package io.dlms4j.server.profile;

import static io.dlms4j.server.profile.Reads.CLOCK;
import static io.dlms4j.server.profile.Reads.ENERGY;
import static io.dlms4j.server.profile.Reads.quarter;
import static io.dlms4j.server.profile.Reads.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.ReadResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CapturingProfileTest {
  private static final ObisCode NAME = ObisCode.of("1.0.99.1.0.255");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private int now;
  private long energyNow;

  private final CosemObject clock =
      CosemObject.builder(8, 0, CLOCK.attribute().logicalName())
          .attribute(2, () -> quarter(now))
          .build();
  private final CosemObject energy =
      CosemObject.builder(3, 0, ENERGY.attribute().logicalName())
          .attribute(2, () -> CosemData.doubleLongUnsigned(energyNow))
          .build();

  private static CapturingProfile.Builder builder() {
    return CapturingProfile.builder(NAME).column(CLOCK).column(ENERGY).profileEntries(3);
  }

  private void capture(CapturingProfile profile, LogicalDevice device, long... energies) {
    for (long each : energies) {
      energyNow = each;
      assertEquals(DataAccessResult.SUCCESS, profile.capture(device).toCompletableFuture().join());
      now++;
    }
  }

  @Test
  void aRowHoldsWhatTheObjectsOfTheDeviceSayAtThatMoment() {
    CapturingProfile profile = builder().rising(CLOCK).build();
    LogicalDevice device = Reads.device(clock, energy, profile);
    capture(profile, device, 5, 7);
    assertEquals(List.of("00:00 5", "00:15 7"), rows(profile, null));
    capture(profile, device, 8, 9);
    assertEquals(List.of("00:15 7", "00:30 8", "00:45 9"), rows(profile, null));
    assertEquals(CosemData.doubleLongUnsigned(3), Reads.read(profile, 7, null));
  }

  @Test
  void aClientCapturesARowAndDeletesThemAll() {
    CapturingProfile profile = builder().build();
    LogicalDevice device = Reads.device(clock, energy, profile);
    assertEquals(List.of(1, 2), profile.methods());
    assertEquals(new InvokeResult(ActionResult.SUCCESS, null), Reads.invoke(profile, 2, device));
    assertEquals(List.of("00:00 0"), rows(profile, null));
    assertEquals(new InvokeResult(ActionResult.SUCCESS, null), Reads.invoke(profile, 1, device));
    assertEquals(List.of(), rows(profile, null));
  }

  @Test
  void aDataIndexNamesOneElement() {
    ObisCode name = ObisCode.of("0.0.96.1.0.255");
    CosemObject both =
        CosemObject.data(
            name, () -> CosemData.structure(CosemData.unsigned(8), CosemData.unsigned(9)));
    AttributeRef value = new AttributeRef(1, name, 2);
    CapturingProfile profile =
        CapturingProfile.builder(NAME)
            .column(new CaptureObjectDefinition(value, 2))
            .column(new CaptureObjectDefinition(value, 1))
            .column(new CaptureObjectDefinition(value, 3))
            .build();
    capture(profile, Reads.device(both, profile), 0);
    assertEquals(List.of("9 8 -"), rows(profile, null));
  }

  @Test
  void whatCannotBeReadIsNullDataAndTheRestOfTheRowIsThere() {
    CosemObject broken =
        CosemObject.builder(1, 0, ObisCode.of("0.0.96.1.1.255"))
            .attribute(
                2,
                () -> {
                  throw new IllegalStateException("broken");
                })
            .attribute(3, List.of(), request -> ReadResult.refused(DataAccessResult.HARDWARE_FAULT))
            .build();
    CapturingProfile profile =
        CapturingProfile.builder(NAME)
            .column(new AttributeRef(1, broken.logicalName(), 2))
            .column(new AttributeRef(1, broken.logicalName(), 3))
            .column(new AttributeRef(1, broken.logicalName(), 4))
            .column(new AttributeRef(3, broken.logicalName(), 2))
            .column(new AttributeRef(1, ObisCode.of("0.0.96.1.2.255"), 2))
            .column(ENERGY)
            .build();
    capture(profile, Reads.device(broken, energy, profile), 6);
    assertEquals(List.of("- - - - - 6"), rows(profile, null));
  }

  @Test
  void rowsAreSortedByTheSortObject() {
    CapturingProfile profile = builder().sorted(SortMethod.LARGEST, ENERGY).build();
    capture(profile, Reads.device(clock, energy, profile), 5, 9, 7, 6, 8);
    assertEquals(List.of("00:15 9", "01:00 8", "00:30 7"), rows(profile, null));
    assertEquals(CosemData.enumerated(3), Reads.read(profile, 5, null));
    CapturingProfile lifo = builder().sorted(SortMethod.LIFO, null).build();
    capture(lifo, Reads.device(clock, energy, lifo), 1, 2);
    assertEquals(List.of("01:30 2", "01:15 1"), rows(lifo, null));
  }

  @Test
  void aRowIsCapturedWhenAPeriodHasEnded() {
    CapturingProfile profile = builder().capturePeriod(900).build();
    LogicalDevice device = Reads.device(clock, energy, profile);
    assertEquals(Optional.of(NOON.plusSeconds(900)), profile.nextTime(NOON));
    assertFalse(captures(profile, device, 10));
    assertFalse(captures(profile, device, 899));
    assertTrue(captures(profile, device, 900));
    assertFalse(captures(profile, device, 1700));
    assertTrue(captures(profile, device, 9000));
    assertFalse(captures(profile, device, 9000));
    assertEquals(2, profile.rows().size());
    // Set back: what has been captured once is captured again only when the next period ends.
    assertFalse(captures(profile, device, 10));
    assertTrue(captures(profile, device, 900));
  }

  private static boolean captures(CapturingProfile profile, LogicalDevice device, int seconds) {
    return profile.onTime(device, NOON.plusSeconds(seconds)).isPresent();
  }

  @Test
  void aClientChangesThePeriodAndTheNumberOfRows() {
    CapturingProfile profile = builder().capturePeriod(900).build();
    LogicalDevice device = Reads.device(clock, energy, profile);
    capture(profile, device, 1, 2, 3);
    assertEquals(
        DataAccessResult.SUCCESS, Reads.write(profile, 4, CosemData.doubleLongUnsigned(60)));
    assertEquals(CosemData.doubleLongUnsigned(60), Reads.read(profile, 4, null));
    assertFalse(captures(profile, device, 0));
    assertTrue(captures(profile, device, 60));
    assertEquals(
        DataAccessResult.SUCCESS, Reads.write(profile, 8, CosemData.doubleLongUnsigned(2)));
    assertEquals(List.of("00:30 3", "00:45 3"), rows(profile, null));
    for (long bad : new long[] {0, 0xFFFF_FFFFL}) {
      assertEquals(
          DataAccessResult.OTHER_REASON,
          Reads.write(profile, 8, CosemData.doubleLongUnsigned(bad)));
    }
    assertEquals(DataAccessResult.TYPE_UNMATCHED, Reads.write(profile, 8, CosemData.unsigned(2)));
    assertEquals(
        DataAccessResult.SUCCESS, Reads.write(profile, 4, CosemData.doubleLongUnsigned(0)));
    assertEquals(Optional.empty(), profile.nextTime(NOON));
    assertFalse(captures(profile, device, 9000));
  }

  @Test
  void aRowThatWaitsForAnObjectKeepsTheNextFromBeginning() {
    CompletableFuture<ReadResult> later = new CompletableFuture<>();
    CosemObject slow =
        CosemObject.builder(3, 0, ENERGY.attribute().logicalName())
            .attribute(2, List.of(), request -> later)
            .build();
    CapturingProfile profile = builder().build();
    LogicalDevice device = Reads.device(clock, slow, profile);
    CompletionStage<DataAccessResult> first = profile.capture(device);
    assertFalse(first.toCompletableFuture().isDone());
    assertEquals(
        new InvokeResult(ActionResult.TEMPORARY_FAILURE, null), Reads.invoke(profile, 2, device));
    assertEquals(0, profile.rows().size());
    later.complete(ReadResult.of(CosemData.unsigned(4)).toCompletableFuture().join());
    assertEquals(DataAccessResult.SUCCESS, first.toCompletableFuture().join());
    assertEquals(EncodedData.of(CosemData.unsigned(4)), profile.rows().row(0).values().get(1));
    assertEquals(ActionResult.SUCCESS, Reads.invoke(profile, 2, device).result());
  }

  @Test
  void aProfileThatMakesNoSenseIsRefused() {
    for (CapturingProfile.Builder bad :
        List.of(
            CapturingProfile.builder(NAME),
            builder().column(CLOCK),
            builder().profileEntries(0),
            builder().profileEntries(RowStore.MOST_ROWS + 1L),
            builder().sorted(SortMethod.LARGEST, null),
            builder().sorted(SortMethod.LIFO, null).rising(CLOCK),
            builder().rising(new CaptureObjectDefinition(CLOCK.attribute(), 1)))) {
      assertThrows(IllegalArgumentException.class, bad::build);
    }
    assertThrows(IllegalArgumentException.class, () -> builder().capturePeriod(1L << 32));
  }
}
