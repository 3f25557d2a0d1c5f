package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.AttributeDescriptor;
import io.dlms4j.cosem.classes.MethodDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link CosemObject} from its attributes and methods.
 *
 * <pre>{@code
 * CosemObject.builder(3, 0, ObisCode.of("1.0.1.8.0.255"))
 *     .attribute(2, this::value)
 *     .attribute(3, this::scalerUnit, this::setScalerUnit)
 *     .method(1, request -> reset())
 *     .build();
 * }</pre>
 */
public final class CosemObjectBuilder {
  private final int classId;
  private final int version;
  private final ObisCode logicalName;
  private final SortedMap<Integer, Entry> entries = new TreeMap<>();
  private final SortedMap<Integer, Function<InvokeRequest, CompletionStage<InvokeResult>>> methods =
      new TreeMap<>();

  private record Entry(
      CosemObject.Attribute attribute,
      Function<ReadRequest, CompletionStage<ReadResult>> reader,
      @Nullable Function<WriteRequest, CompletionStage<DataAccessResult>> writer) {}

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
   * Adds an attribute whose value is at hand, and that can be written as a whole. A new value of
   * another type than the present one has is answered with type-unmatched; if there is none at
   * present, which is null-data, the setter sees to that.
   *
   * @param index -128..127
   * @param value asked at every read
   * @param setter given each new value; the {@link io.dlms4j.axdr.AxdrException} that an element of
   *     another type throws when it is taken apart, it may let pass
   * @return this
   * @throws IllegalArgumentException if the index is out of range, or there is such an attribute
   *     already
   */
  public CosemObjectBuilder attribute(
      int index, Supplier<CosemData> value, Consumer<CosemData> setter) {
    return attribute(
        index,
        List.of(),
        request -> ReadResult.of(value.get()),
        request -> {
          CosemData given = request.value().value();
          DataTag type = value.get().tag();
          if (type != DataTag.NULL_DATA && given.tag() != type) {
            return CompletableFuture.completedStage(DataAccessResult.TYPE_UNMATCHED);
          }
          setter.accept(given);
          return CompletableFuture.completedStage(DataAccessResult.SUCCESS);
        });
  }

  /**
   * Adds an attribute that answers for itself, and can be read only.
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
    return add(new Entry(new CosemObject.Attribute(index, accessSelectors), reader, null));
  }

  /**
   * Adds an attribute that answers for itself, and can be written. Reader and writer have the same
   * selective accesses.
   *
   * @param index -128..127
   * @param accessSelectors the selective accesses that it has
   * @param reader answers at once or later
   * @param writer answers at once or later
   * @return this
   * @throws IllegalArgumentException if the index or a selector is out of range, or there is such
   *     an attribute already
   */
  public CosemObjectBuilder attribute(
      int index,
      List<Integer> accessSelectors,
      Function<ReadRequest, CompletionStage<ReadResult>> reader,
      Function<WriteRequest, CompletionStage<DataAccessResult>> writer) {
    return add(new Entry(new CosemObject.Attribute(index, accessSelectors, true), reader, writer));
  }

  private CosemObjectBuilder add(Entry entry) {
    int index = entry.attribute().index();
    if (entries.putIfAbsent(index, entry) != null) {
      throw new IllegalArgumentException(
          classId + ":" + logicalName + " has an attribute " + index + " already");
    }
    return this;
  }

  /**
   * Adds an attribute that the class declares, and whose value is at hand.
   *
   * @param attribute as the class declares it
   * @param value asked at every read
   * @param <T> what its value is in Java
   * @return this
   * @throws IllegalArgumentException if there is such an attribute already
   */
  public <T> CosemObjectBuilder attribute(AttributeDescriptor<T> attribute, Supplier<T> value) {
    return attribute(
        attribute.index(),
        List.of(),
        request -> ReadResult.of(attribute.type().encode(value.get())));
  }

  /**
   * Adds an attribute that the class declares, whose value is at hand, and that can be written as a
   * whole. A new value that is not of the declared type is answered with type-unmatched.
   *
   * @param attribute as the class declares it
   * @param value asked at every read
   * @param setter given each new value, and says what became of it
   * @param <T> what its value is in Java
   * @return this
   * @throws IllegalArgumentException if there is such an attribute already
   */
  public <T> CosemObjectBuilder attribute(
      AttributeDescriptor<T> attribute, Supplier<T> value, Function<T, DataAccessResult> setter) {
    return attribute(
        attribute.index(),
        List.of(),
        request -> ReadResult.of(attribute.type().encode(value.get())),
        request ->
            CompletableFuture.completedStage(
                setter.apply(attribute.type().decodeExactly(request.value().value()))));
  }

  /**
   * Adds a method that the class declares. A parameter that is not of the declared type is answered
   * with type-unmatched.
   *
   * @param method as the class declares it
   * @param invoker given the parameter, and says what became of it
   * @param <P> what its parameter is in Java
   * @return this
   * @throws IllegalArgumentException if there is such a method already
   */
  public <P> CosemObjectBuilder method(
      MethodDescriptor<P, ?> method, Function<P, ActionResult> invoker) {
    return method(
        method.index(),
        request -> {
          ActionResult result =
              invoker.apply(method.parameter().decodeExactly(request.parameters().value()));
          return result == ActionResult.SUCCESS
              ? InvokeResult.success()
              : InvokeResult.refused(result);
        });
  }

  /**
   * Adds a method.
   *
   * @param index -128..127
   * @param invoker carries it out, and answers at once or later
   * @return this
   * @throws IllegalArgumentException if the index is out of range, or there is such a method
   *     already
   */
  public CosemObjectBuilder method(
      int index, Function<InvokeRequest, CompletionStage<InvokeResult>> invoker) {
    if (index < Byte.MIN_VALUE || index > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("method index " + index + " is not within -128..127");
    }
    if (methods.putIfAbsent(index, invoker) != null) {
      throw new IllegalArgumentException(
          classId + ":" + logicalName + " has a method " + index + " already");
    }
    return this;
  }

  /**
   * Makes the object.
   *
   * @return an object that answers with the attributes and methods added so far
   */
  public CosemObject build() {
    return new TableObject(
        classId, version, logicalName, new TreeMap<>(entries), new TreeMap<>(methods));
  }

  private record TableObject(
      int classId,
      int version,
      ObisCode logicalName,
      SortedMap<Integer, Entry> entries,
      SortedMap<Integer, Function<InvokeRequest, CompletionStage<InvokeResult>>> invokers)
      implements CosemObject {
    @Override
    public List<Attribute> attributes() {
      return entries.values().stream().map(Entry::attribute).toList();
    }

    @Override
    public Optional<Attribute> attribute(int index) {
      return Optional.ofNullable(entries.get(index)).map(Entry::attribute);
    }

    @Override
    public List<Integer> methods() {
      return List.copyOf(invokers.keySet());
    }

    @Override
    public CompletionStage<ReadResult> read(ReadRequest request) {
      Entry entry = entries.get(request.attributeIndex());
      return entry == null
          ? ReadResult.refused(DataAccessResult.OBJECT_UNDEFINED)
          : entry.reader().apply(request);
    }

    @Override
    public CompletionStage<DataAccessResult> write(WriteRequest request) {
      Entry entry = entries.get(request.attributeIndex());
      var writer = entry == null ? null : entry.writer();
      return writer == null ? CosemObject.super.write(request) : writer.apply(request);
    }

    @Override
    public CompletionStage<InvokeResult> invoke(InvokeRequest request) {
      var invoker = invokers.get(request.methodIndex());
      return invoker == null ? CosemObject.super.invoke(request) : invoker.apply(request);
    }

    @Override
    public String toString() {
      return classId + ":" + logicalName;
    }
  }
}
