package io.dlms4j.server.description;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.ValueType;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.CosemObjectBuilder;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.WriteRequest;
import io.dlms4j.server.profile.CapturingProfile;
import io.dlms4j.server.profile.SortMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An object as it is described; each device that is made of the description has its own. */
sealed interface ObjectPlan {
  ClassReference type();

  ObisCode logicalName();

  boolean has(int attributeIndex);

  boolean isWritable(int attributeIndex);

  CosemObject create(Running running);

  /**
   * What an object of a running device lives in.
   *
   * @param birth when the device began to count
   * @param rows the profiles of the logical device, which have to know of writes
   */
  record Running(DeviceTime time, Instant birth, ProfileRows rows) {}

  /**
   * An attribute.
   *
   * @param type what the class declares; null if nothing is known
   */
  record Slot(DescribedValue value, @Nullable ValueType<?> type) {}

  /** Where a constant stays, and what was written instead of it. */
  final class Cell {
    private volatile CosemData value;

    private Cell(CosemData value) {
      this.value = value;
    }
  }

  /** An object whose attributes are described one by one. */
  record Table(ClassReference type, ObisCode logicalName, SortedMap<Integer, Slot> slots)
      implements ObjectPlan {
    @Override
    public boolean has(int attributeIndex) {
      return attributeIndex == 1 || slots.containsKey(attributeIndex);
    }

    @Override
    public boolean isWritable(int attributeIndex) {
      Slot slot = slots.get(attributeIndex);
      return slot != null && slot.value() instanceof DescribedValue.Constant;
    }

    @Override
    public CosemObject create(Running running) {
      CosemObjectBuilder object = CosemObject.builder(type.classId(), type.version(), logicalName);
      for (Map.Entry<Integer, Slot> each : slots.entrySet()) {
        add(object, each.getKey(), each.getValue(), running);
      }
      return object.build();
    }

    private static void add(CosemObjectBuilder object, int index, Slot slot, Running running) {
      if (slot.value() instanceof DescribedValue.Constant constant) {
        Cell cell = new Cell(constant.value());
        object.attribute(
            index,
            List.of(),
            request -> ReadResult.of(cell.value),
            request -> write(cell, slot.type(), request, running.rows()));
      } else {
        object.attribute(index, () -> slot.value().at(running.time().instant(), running.birth()));
      }
    }

    private static CompletionStage<DataAccessResult> write(
        Cell cell, @Nullable ValueType<?> type, WriteRequest request, ProfileRows rows) {
      CosemData given = request.value().value();
      DataTag present = cell.value.tag();
      if (present != DataTag.NULL_DATA && given.tag() != present) {
        return CompletableFuture.completedStage(DataAccessResult.TYPE_UNMATCHED);
      }
      if (type != null) {
        type.decodeExactly(given);
      }
      // Rows whose time was before this moment hold what was there before.
      rows.catchUp();
      cell.value = given;
      return CompletableFuture.completedStage(DataAccessResult.SUCCESS);
    }
  }

  /**
   * A Profile generic object.
   *
   * @param prefill how many rows there are at the start
   */
  record Profile(
      ClassReference type,
      ObisCode logicalName,
      List<CaptureObjectDefinition> columns,
      long capturePeriod,
      int entries,
      SortMethod sortMethod,
      int prefill)
      implements ObjectPlan {
    private static final int CAPTURE_PERIOD = 4;
    private static final int PROFILE_ENTRIES = 8;

    @Override
    public boolean has(int attributeIndex) {
      return attributeIndex >= 1 && attributeIndex <= PROFILE_ENTRIES;
    }

    @Override
    public boolean isWritable(int attributeIndex) {
      return attributeIndex == CAPTURE_PERIOD || attributeIndex == PROFILE_ENTRIES;
    }

    /** How long ago, in seconds, its first row was captured. */
    long prefillSeconds() {
      return prefill * capturePeriod;
    }

    @Override
    public CosemObject create(Running running) {
      CapturingProfile.Builder builder =
          CapturingProfile.builder(logicalName)
              .capturePeriod(capturePeriod)
              .profileEntries(entries)
              .sorted(sortMethod, null);
      columns.forEach(builder::column);
      CapturingProfile profile = builder.build();
      running.rows().add(profile, this);
      return new TimedProfile(profile, running.rows());
    }
  }
}
