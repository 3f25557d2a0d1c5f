package io.dlms4j.server.profile;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeRequest;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.WriteRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Profile generic object that captures its rows itself, from the objects of the logical device
 * that it belongs to, and keeps them in memory (Blue Book 4.3.6).
 *
 * <pre>{@code
 * CapturingProfile profile =
 *     CapturingProfile.builder(ObisCode.of("1.0.99.1.0.255"))
 *         .column(new AttributeRef(8, ObisCode.of("0.0.1.0.0.255"), 2))
 *         .column(new AttributeRef(3, ObisCode.of("1.0.1.8.0.255"), 2))
 *         .profileEntries(2880)
 *         .capturePeriod(900)
 *         .build();
 * LogicalDevice device = LogicalDevice.builder(...).object(clock).object(energy).object(profile)...;
 * profile.onTime(device, Instant.now());     // whenever time has passed, at nextTime() for instance
 * }</pre>
 *
 * <p>A row is of one moment, if the device has a {@link io.dlms4j.server.ReadGuard}. It is captured
 * by a client that invokes method 2, by {@link #capture}, and when {@link #onTime} is told that a
 * period has ended; the profile has no thread and no clock of its own. Of an attribute that cannot
 * be read, or has no such element, the row has null-data.
 *
 * <p>Its methods may be called on any thread.
 */
public final class CapturingProfile implements CosemObject {
  private static final Logger LOG = LoggerFactory.getLogger(CapturingProfile.class);
  private static final EncodedData NOTHING = EncodedData.of(CosemData.nullData());

  private final List<CaptureObjectDefinition> columns;
  private final List<AttributeRef> attributes;
  private final RowStore<CapturedRow> store;
  private final CosemObject object;

  /** Whether a row is being captured: rows are captured one after the other. */
  private final AtomicBoolean capturing = new AtomicBoolean();

  private volatile long capturePeriod;

  /** The period that was the current one when time was told last; null before. */
  private @Nullable Long lastPeriod;

  private CapturingProfile(Builder from, RowStore<CapturedRow> store) {
    this.columns = List.copyOf(from.columns);
    this.attributes = columns.stream().map(CaptureObjectDefinition::attribute).toList();
    this.capturePeriod = from.capturePeriod;
    this.store = store;
    ProfileObject.Builder<CapturedRow> made =
        ProfileObject.builder(from.logicalName, store)
            .sorted(from.sortMethod, from.sortObject)
            .capturePeriod(() -> capturePeriod, this::setCapturePeriod)
            .profileEntries(this::setProfileEntries)
            .reset(this::reset)
            .capture(this::capture);
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      made.column(
          columns.get(i),
          row -> row.values().get(column).value(),
          (writer, row) -> writer.writeData(row.values().get(column)));
    }
    from.rising.forEach(made::rising);
    this.object = made.build();
  }

  /**
   * Begins a profile.
   *
   * @param logicalName its OBIS code
   * @return a builder without columns, with room for 1000 rows, first in, first out
   */
  public static Builder builder(ObisCode logicalName) {
    return new Builder(logicalName);
  }

  /**
   * Captures a row now.
   *
   * @param device the logical device that the profile belongs to
   * @return completes when the row is in the buffer; with temporary-failure if the row before is
   *     still waiting for an object, and there is no row then
   */
  public CompletionStage<DataAccessResult> capture(LogicalDevice device) {
    if (!capturing.compareAndSet(false, true)) {
      return CompletableFuture.completedStage(DataAccessResult.TEMPORARY_FAILURE);
    }
    List<CompletableFuture<EncodedData>> values = new ArrayList<>();
    try {
      List<CompletionStage<ReadResult>> read = device.read(attributes);
      for (int i = 0; i < columns.size(); i++) {
        CaptureObjectDefinition column = columns.get(i);
        CompletableFuture<EncodedData> value = new CompletableFuture<>();
        read.get(i)
            .whenComplete((result, failure) -> value.complete(valueOf(column, result, failure)));
        values.add(value);
      }
    } catch (RuntimeException | Error e) {
      capturing.set(false);
      throw e;
    }
    return CompletableFuture.allOf(values.toArray(new CompletableFuture<?>[0]))
        .thenApply(
            done -> {
              store.add(new CapturedRow(values.stream().map(CompletableFuture::join).toList()));
              capturing.set(false);
              return DataAccessResult.SUCCESS;
            });
  }

  private EncodedData valueOf(
      CaptureObjectDefinition column, @Nullable ReadResult result, @Nullable Throwable failure) {
    if (result instanceof ReadResult.Value value) {
      try {
        return element(whole(value.value()), column.dataIndex());
      } catch (RuntimeException e) {
        LOG.warn("{} could not capture {}", logicalName(), column, e);
        return NOTHING;
      }
    }
    if (failure != null) {
      LOG.warn("{} could not capture {}", logicalName(), column, failure);
    } else {
      LOG.debug("{} could not capture {}: {}", logicalName(), column, result);
    }
    return NOTHING;
  }

  private static EncodedData whole(DataStream stream) {
    AxdrWriter writer = new AxdrWriter();
    boolean more = true;
    while (more) {
      more = stream.writeNext(writer);
    }
    return EncodedData.read(AxdrReader.of(writer.toOctets()));
  }

  private static EncodedData element(EncodedData whole, int dataIndex) {
    if (dataIndex == 0) {
      return whole;
    }
    List<CosemData> elements = whole.value().elements();
    return dataIndex <= elements.size() ? EncodedData.of(elements.get(dataIndex - 1)) : NOTHING;
  }

  /**
   * Says what time it is: captures a row if a period has ended since the last call. Periods are
   * counted from midnight of UTC, 1 January 1970, so that one of a quarter of an hour ends on the
   * quarters. The first call only begins; of several periods that have ended meanwhile the last one
   * is captured, for the values of the others are gone. Time that runs backwards begins anew.
   *
   * @param device the logical device that the profile belongs to
   * @param now what time it is
   * @return as {@link #capture(LogicalDevice)}; nothing if no row was due
   */
  public Optional<CompletionStage<DataAccessResult>> onTime(LogicalDevice device, Instant now) {
    synchronized (this) {
      long period = capturePeriod;
      if (period == 0) {
        lastPeriod = null;
        return Optional.empty();
      }
      long current = Math.floorDiv(now.getEpochSecond(), period);
      Long last = lastPeriod;
      lastPeriod = current;
      if (last == null || current <= last) {
        return Optional.empty();
      }
    }
    return Optional.of(capture(device));
  }

  /**
   * When {@link #onTime} will capture next.
   *
   * @param now what time it is
   * @return the end of the period; nothing if rows are not captured by time
   */
  public Optional<Instant> nextTime(Instant now) {
    long period = capturePeriod;
    return period == 0
        ? Optional.empty()
        : Optional.of(
            Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), period) + 1) * period));
  }

  /**
   * The rows captured so far.
   *
   * @return those that are in the buffer now, in its order
   */
  public Rows<CapturedRow> rows() {
    return store.rows();
  }

  private boolean setCapturePeriod(long seconds) {
    synchronized (this) {
      capturePeriod = seconds;
      // What was counted in periods of another length says nothing any more.
      lastPeriod = null;
    }
    return true;
  }

  private boolean setProfileEntries(long entries) {
    if (entries < 1 || entries > RowStore.MOST_ROWS) {
      return false;
    }
    store.resize(entries);
    return true;
  }

  private CompletionStage<InvokeResult> reset(InvokeRequest request) {
    store.clear();
    return InvokeResult.success();
  }

  private CompletionStage<InvokeResult> capture(InvokeRequest request) {
    return capture(request.client().device())
        .thenApply(
            result ->
                new InvokeResult(
                    result == DataAccessResult.SUCCESS
                        ? ActionResult.SUCCESS
                        : ActionResult.TEMPORARY_FAILURE,
                    null));
  }

  @Override
  public int classId() {
    return object.classId();
  }

  @Override
  public int version() {
    return object.version();
  }

  @Override
  public ObisCode logicalName() {
    return object.logicalName();
  }

  @Override
  public List<Attribute> attributes() {
    return object.attributes();
  }

  @Override
  public List<Integer> methods() {
    return object.methods();
  }

  @Override
  public Optional<Attribute> attribute(int index) {
    return object.attribute(index);
  }

  @Override
  public CompletionStage<ReadResult> read(ReadRequest request) {
    return object.read(request);
  }

  @Override
  public CompletionStage<DataAccessResult> write(WriteRequest request) {
    return object.write(request);
  }

  @Override
  public CompletionStage<InvokeResult> invoke(InvokeRequest request) {
    return object.invoke(request);
  }

  @Override
  public String toString() {
    return object.toString();
  }

  /** Puts a {@link CapturingProfile} together. Used by one thread. */
  public static final class Builder {
    private static final int ROWS = 1000;

    private final ObisCode logicalName;
    private final List<CaptureObjectDefinition> columns = new ArrayList<>();
    private final List<CaptureObjectDefinition> rising = new ArrayList<>();
    private long profileEntries = ROWS;
    private long capturePeriod;
    private SortMethod sortMethod = SortMethod.FIFO;
    private @Nullable CaptureObjectDefinition sortObject;

    private Builder(ObisCode logicalName) {
      this.logicalName = logicalName;
    }

    /**
     * Adds a column that holds a whole attribute.
     *
     * @param attribute which
     * @return this
     */
    public Builder column(AttributeRef attribute) {
      return column(new CaptureObjectDefinition(attribute));
    }

    /**
     * Adds a column.
     *
     * @param definition which attribute, or which element of one that is an array or structure
     * @return this
     */
    public Builder column(CaptureObjectDefinition definition) {
      columns.add(definition);
      return this;
    }

    /**
     * Says that the values of a column never fall from row to row, as those of a clock that is
     * never set back: a range of it is found by halving then, else by looking at every row. Not for
     * a profile that is sorted, or last in, first out.
     *
     * @param column the column
     * @return this
     */
    public Builder rising(CaptureObjectDefinition column) {
      rising.add(column);
      return this;
    }

    /**
     * Sets how many rows there is room for.
     *
     * @param entries 1..{@link RowStore#MOST_ROWS}
     * @return this
     */
    public Builder profileEntries(long entries) {
      this.profileEntries = entries;
      return this;
    }

    /**
     * Sets how often a row is captured; never by time without this call.
     *
     * @param seconds 0 for never, up to 2^32-1
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder capturePeriod(long seconds) {
      if (seconds < 0 || seconds > 0xFFFF_FFFFL) {
        throw new IllegalArgumentException("capture_period " + seconds + " is no Unsigned32");
      }
      this.capturePeriod = seconds;
      return this;
    }

    /**
     * Sets how rows stand in the buffer, and which of them go when it is full.
     *
     * @param method sort_method
     * @param object the column that they are sorted by; null for FIFO and LIFO
     * @return this
     */
    public Builder sorted(SortMethod method, @Nullable CaptureObjectDefinition object) {
      this.sortMethod = method;
      this.sortObject = object;
      return this;
    }

    /**
     * Makes the profile.
     *
     * @return an object with an empty buffer, for one logical device
     * @throws IllegalArgumentException if there is no column, or one twice, or one that is said to
     *     rise, or to be sorted by, is none of them, if rows are sorted and a column is said to
     *     rise, or if there is room for no row or for too many
     */
    public CapturingProfile build() {
      if (profileEntries < 1) {
        throw new IllegalArgumentException(
            "profile_entries " + profileEntries + " is not positive");
      }
      if (sortMethod != SortMethod.FIFO && !rising.isEmpty()) {
        throw new IllegalArgumentException(
            "no column of a profile rises that is sorted by " + sortMethod);
      }
      return new CapturingProfile(this, store());
    }

    private RowStore<CapturedRow> store() {
      if (!sortMethod.isSorted()) {
        return RowStore.ring(profileEntries, sortMethod == SortMethod.LIFO);
      }
      int column = columns.indexOf(sortObject);
      if (column < 0) {
        throw new IllegalArgumentException("sort_object is no column of " + logicalName);
      }
      SortMethod method = sortMethod;
      return RowStore.sorted(
          profileEntries,
          (a, b) -> method.compare(a.values().get(column).value(), b.values().get(column).value()));
    }
  }
}
