package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes a {@link CosemObject} from its attributes. */
public final class CosemObjectBuilder {
  private final int classId;
  private final int version;
  private final ObisCode logicalName;
  private final SortedMap<Integer, Entry> entries = new TreeMap<>();

  private record Entry(
      CosemObject.Attribute attribute, Function<ReadRequest, CompletionStage<ReadResult>> reader) {}

  CosemObjectBuilder(int classId, int version, ObisCode logicalName) {
    requireClass(classId, version);
    this.classId = classId;
    this.version = version;
    this.logicalName = logicalName;
    CosemData name = CosemData.octetString(logicalName.toOctets());
    attribute(1, () -> name);
  }

  static void requireClass(int classId, int version) {
    if (classId < 0 || classId > 0xFFFF || version < 0 || version > 0xFF) {
      throw new IllegalArgumentException(
          "class_id " + classId + ", version " + version + " are not within 0..65535 and 0..255");
    }
  }

  /**
   * Adds an attribute whose value is at hand.
   *
   * @param index -128..127
   * @param value asked at every read
   * @return this
   * @throws IllegalArgumentException if the index is out of range, or there is such an attribute
   *     already
   */
  public CosemObjectBuilder attribute(int index, Supplier<CosemData> value) {
    return attribute(index, List.of(), request -> ReadResult.of(value.get()));
  }

  /**
   * Adds an attribute that answers for itself.
   *
   * @param index -128..127
   * @param accessSelectors the selective accesses that it has
   * @param reader answers at once or later
   * @return this
   * @throws IllegalArgumentException if the index or a selector is out of range, or there is such
   *     an attribute already
   */
  public CosemObjectBuilder attribute(
      int index,
      List<Integer> accessSelectors,
      Function<ReadRequest, CompletionStage<ReadResult>> reader) {
    Entry entry = new Entry(new CosemObject.Attribute(index, accessSelectors), reader);
    if (entries.putIfAbsent(index, entry) != null) {
      throw new IllegalArgumentException(
          classId + ":" + logicalName + " has an attribute " + index + " already");
    }
    return this;
  }

  /**
   * Makes the object.
   *
   * @return an object that answers with the attributes added so far
   */
  public CosemObject build() {
    return new TableObject(classId, version, logicalName, new TreeMap<>(entries));
  }

  private record TableObject(
      int classId, int version, ObisCode logicalName, SortedMap<Integer, Entry> entries)
      implements CosemObject {
    @Override
    public List<Attribute> attributes() {
      return entries.values().stream().map(Entry::attribute).toList();
    }

    @Override
    public CompletionStage<ReadResult> read(ReadRequest request) {
      Entry entry = entries.get(request.attributeIndex());
      return entry == null
          ? ReadResult.refused(DataAccessResult.OBJECT_UNDEFINED)
          : entry.reader().apply(request);
    }

    @Override
    public String toString() {
      return classId + ":" + logicalName;
    }
  }
}
