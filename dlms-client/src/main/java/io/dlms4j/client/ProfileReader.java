package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.ExtendedRegister;
import io.dlms4j.cosem.classes.ProfileGeneric;
import io.dlms4j.cosem.classes.Register;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a profile, block by block as they come: a year of them is never in memory at
 * once. Immutable: each selection is a new reader.
 */
public final class ProfileReader {
  private final DlmsClient client;
  private final ProfileGeneric profile;
  private final ProfileSelection selection;

  /**
   * What one reading asks for.
   *
   * @param columns those that come
   * @param access which part of the buffer; null for all
   */
  record Reading(List<ProfileColumn> columns, @Nullable SelectiveAccess access) {}

  ProfileReader(DlmsClient client, ProfileGeneric profile, ProfileSelection selection) {
    this.client = client;
    this.profile = profile;
    this.selection = selection;
  }

  private ProfileReader with(ProfileSelection.Rows rows) {
    return new ProfileReader(client, profile, selection.withRows(rows));
  }

  /**
   * Selects the rows of a time: those whose clock column lies within it, both ends included.
   *
   * @param from the earliest time
   * @param to the latest time
   * @return a reader of those rows
   */
  public ProfileReader between(CosemDateTime from, CosemDateTime to) {
    return with(new ProfileSelection.Rows.Range(null, dateTime(from), dateTime(to)));
  }

  /**
   * Selects the rows of a time of the meter's own clock. Whether daylight saving is part of it is
   * left to the meter: the clock status is not specified.
   *
   * @param from the earliest time
   * @param to the latest time, included
   * @return a reader of those rows
   */
  public ProfileReader between(LocalDateTime from, LocalDateTime to) {
    return between(unspecified(from), unspecified(to));
  }

  static CosemDateTime unspecified(LocalDateTime time) {
    return CosemDateTime.of(time, CosemDateTime.NOT_SPECIFIED, CosemDateTime.STATUS_NOT_SPECIFIED);
  }

  /**
   * Selects the rows in which a column has a value within a range, both ends included.
   *
   * @param column the column that is compared, which the profile has to have
   * @param from the least value
   * @param to the greatest value
   * @return a reader of those rows
   */
  public ProfileReader between(CaptureObjectDefinition column, CosemData from, CosemData to) {
    return with(new ProfileSelection.Rows.Range(column, from, to));
  }

  /**
   * Selects rows by number, as the server numbers them: {@link
   * io.dlms4j.cosem.classes.EntryNumbering} says how that may be.
   *
   * @param fromEntry the first, 0..2^32-1
   * @param toEntry the last; 0 is the last there is
   * @return a reader of those rows
   * @throws IllegalArgumentException if a number has no wire form
   */
  public ProfileReader entries(long fromEntry, long toEntry) {
    EntryDescriptor checked = new EntryDescriptor(fromEntry, toEntry, 1, 0);
    return with(new ProfileSelection.Rows.Entries(checked.fromEntry(), checked.toEntry()));
  }

  /**
   * Selects the rows that were captured last, of a profile that keeps them in the order of their
   * capture. They come oldest first, by either {@linkplain DlmsClientBuilder#entryNumbering
   * numbering}; by the Blue Book's the number of rows is read before.
   *
   * @param rows how many, 1..2^32-1; fewer come if there are not as many
   * @return a reader of those rows
   * @throws IllegalArgumentException if it is out of range
   */
  public ProfileReader newest(long rows) {
    return with(new ProfileSelection.Rows.Newest(rows));
  }

  /**
   * Selects columns, in place of those that were selected before. They come in the profile's order.
   * By entry, and of all rows, only columns can be selected that follow one another there.
   *
   * @param columns which; none for all
   * @return a reader of those columns
   */
  public ProfileReader selecting(CaptureObjectDefinition... columns) {
    return new ProfileReader(client, profile, selection.withColumns(List.of(columns)));
  }

  private static CosemData dateTime(CosemDateTime time) {
    return CosemData.octetString(time.encode());
  }

  /**
   * Reads what the columns hold that are selected, and the scaler and unit of those that hold a
   * register's value.
   *
   * @return the columns; fails with a {@link DlmsException}
   */
  public CompletionStage<List<ProfileColumn>> columns() {
    return captured().thenCompose(captured -> described(selection.columnsOf(profile, captured)));
  }

  private CompletionStage<List<CaptureObjectDefinition>> captured() {
    return client.read(profile.captureObjects());
  }

  private CompletionStage<List<ProfileColumn>> described(
      List<CaptureObjectDefinition> definitions) {
    List<AttributeRef> asked =
        definitions.stream().flatMap(each -> scalerUnit(each).stream()).distinct().toList();
    return client
        .getAll(asked)
        .thenApply(
            outcomes -> {
              Map<AttributeRef, ScalerUnit> known = new HashMap<>();
              for (int i = 0; i < asked.size(); i++) {
                known.put(asked.get(i), scalerUnit(asked.get(i), outcomes.get(i)));
              }
              return definitions.stream()
                  .map(
                      each ->
                          new ProfileColumn(
                              each,
                              scalerUnit(each)
                                  .map(of -> known.getOrDefault(of, ScalerUnit.NONE))
                                  .orElse(ScalerUnit.NONE)))
                  .toList();
            });
  }

  /** Where a column's scaler and unit are, if it holds a register's value. */
  private static Optional<AttributeRef> scalerUnit(CaptureObjectDefinition definition) {
    AttributeRef attribute = definition.attribute();
    boolean register =
        attribute.classId() == Register.CLASS.classId()
            || attribute.classId() == ExtendedRegister.CLASS.classId();
    return register && attribute.attributeIndex() == 2
        ? Optional.of(new AttributeRef(attribute.classId(), attribute.logicalName(), 3))
        : Optional.empty();
  }

  private ScalerUnit scalerUnit(AttributeRef attribute, Outcome outcome) {
    if (outcome instanceof Outcome.Failure failure
        && failure.cause() instanceof DataAccessException) {
      // A register that may be captured and not read: its numbers stay as they are.
      return ScalerUnit.NONE;
    }
    CosemData data = Items.required(outcome);
    return DlmsClient.decode(attribute, () -> ScalerUnit.decode(data));
  }

  /** Reads all that has to be known before the rows. */
  CompletionStage<Reading> reading() {
    return captured()
        .thenCompose(
            captured ->
                described(selection.columnsOf(profile, captured))
                    .thenCompose(
                        columns ->
                            entriesInUse()
                                .thenApply(
                                    inUse ->
                                        new Reading(
                                            columns,
                                            selection.access(
                                                profile,
                                                captured,
                                                client.entryNumbering(),
                                                inUse)))));
  }

  /** How many rows there are, if it matters. */
  private CompletionStage<Long> entriesInUse() {
    if (!selection.needsEntriesInUse(client.entryNumbering())) {
      return CompletableFuture.completedStage(0L);
    }
    return client.read(profile.entriesInUse());
  }

  /**
   * Reads the rows, after the columns.
   *
   * @param consumer takes each row, on the line's thread; must not block; whatever it throws ends
   *     the reading: a {@link DlmsException} as it is, anything else as the cause of one
   * @return the number of rows; fails with a {@link DlmsException}
   */
  public CompletionStage<Long> forEach(Consumer<ProfileRow> consumer) {
    CompletableFuture<Long> result = new CompletableFuture<>();
    reading()
        .whenComplete(
            (reading, failure) -> {
              if (failure != null) {
                result.completeExceptionally(Blocking.root(failure));
              } else if (!result.isDone()) {
                read(reading, consumer, result);
              }
            });
    return result;
  }

  private void read(
      Reading reading, Consumer<ProfileRow> consumer, CompletableFuture<Long> result) {
    RowParser parser = new RowParser(client.limits(), reading.columns().size());
    CompletableFuture<Long> rows =
        client
            .connection()
            .ask(
                request(reading),
                RequestOptions.DEFAULT,
                asked ->
                    new ClientSession.Receiver() {
                      @Override
                      public void onData(Octets octets, boolean last) {
                        parser.feed(
                            octets,
                            last,
                            values -> consumer.accept(new ProfileRow(reading.columns(), values)));
                        if (last) {
                          asked.complete(parser.rows());
                        }
                      }

                      @Override
                      public void onFailure(DlmsException cause) {
                        asked.completeExceptionally(cause);
                      }
                    });
    CompletionStage<Long> read = rows;
    read.whenComplete(
        (count, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
          } else {
            result.complete(count);
          }
        });
    CompletionStage<Long> given = result;
    given.whenComplete((count, failure) -> rows.cancel(false));
  }

  /** The request for the rows. */
  ServiceRequest.Get request(Reading reading) {
    return new ServiceRequest.Get(profile.buffer().reference(), reading.access());
  }
}
