package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ProfileReader} that waits for the rows in the caller's thread and gives them to their
 * consumer there. The next block is asked for when the rows of the one before have been consumed: a
 * slow consumer slows the server down. Immutable.
 */
public final class BlockingProfileReader {
  private final DlmsClient client;
  private final ProfileReader reader;

  BlockingProfileReader(DlmsClient client, ProfileReader reader) {
    this.client = client;
    this.reader = reader;
  }

  /**
   * Selects the rows of a time: those whose clock column lies within it, both ends included.
   *
   * @param from the earliest time
   * @param to the latest time
   * @return a reader of those rows
   */
  public BlockingProfileReader between(CosemDateTime from, CosemDateTime to) {
    return new BlockingProfileReader(client, reader.between(from, to));
  }

  /**
   * Selects the rows of a time of the meter's own clock. Whether daylight saving is part of it is
   * left to the meter: the clock status is not specified.
   *
   * @param from the earliest time
   * @param to the latest time, included
   * @return a reader of those rows
   */
  public BlockingProfileReader between(LocalDateTime from, LocalDateTime to) {
    return new BlockingProfileReader(client, reader.between(from, to));
  }

  /**
   * Selects rows by number, as the server numbers them.
   *
   * @param fromEntry the first, 0..2^32-1
   * @param toEntry the last; 0 is the last there is
   * @return a reader of those rows
   * @throws IllegalArgumentException if a number has no wire form
   */
  public BlockingProfileReader entries(long fromEntry, long toEntry) {
    return new BlockingProfileReader(client, reader.entries(fromEntry, toEntry));
  }

  /**
   * Selects the rows in which a column has a value within a range, both ends included.
   *
   * @param column the column that is compared, which the profile has to have
   * @param from the least value
   * @param to the greatest value
   * @return a reader of those rows
   */
  public BlockingProfileReader between(
      CaptureObjectDefinition column, CosemData from, CosemData to) {
    return new BlockingProfileReader(client, reader.between(column, from, to));
  }

  /**
   * Selects the rows that were captured last; see {@link ProfileReader#newest}.
   *
   * @param rows how many, 1..2^32-1; fewer come if there are not as many
   * @return a reader of those rows, oldest first
   * @throws IllegalArgumentException if it is out of range
   */
  public BlockingProfileReader newest(long rows) {
    return new BlockingProfileReader(client, reader.newest(rows));
  }

  /**
   * Selects columns; see {@link ProfileReader#selecting}.
   *
   * @param columns which; none for all
   * @return a reader of those columns
   */
  public BlockingProfileReader selecting(CaptureObjectDefinition... columns) {
    return new BlockingProfileReader(client, reader.selecting(columns));
  }

  /**
   * Tells how far the reading is; see {@link ProfileReader#onProgress}.
   *
   * @param callback told in the caller's thread or on the line's, between the rows
   * @return a reader that tells
   */
  public BlockingProfileReader onProgress(Consumer<ProfileProgress> callback) {
    return new BlockingProfileReader(client, reader.onProgress(callback));
  }

  /**
   * Reads what the columns hold that are selected, and the scaler and unit of those that hold a
   * register's value.
   *
   * @return the columns
   * @throws DlmsException if there is no answer, or a refusal
   */
  public List<ProfileColumn> columns() {
    return client.connection().await(reader::columns);
  }

  /**
   * Reads the rows, after the columns.
   *
   * @param consumer takes each row, in the caller's thread; whatever it throws ends the reading and
   *     comes out here; must not wait for another request of the same client, which is refused
   * @return the number of rows
   * @throws DlmsException if there is no answer, or a refusal
   */
  public long forEach(Consumer<ProfileRow> consumer) {
    client.connection().requireMayWait();
    Rows rows = new Rows();
    reader.rows().subscribe(rows);
    Flow.Subscription subscription = rows.subscription();
    long count = 0;
    try {
      while (true) {
        subscription.request(1);
        Signal signal = rows.arrived.take();
        ProfileRow row = signal.row();
        if (row == null) {
          Throwable failure = signal.failure();
          if (failure != null) {
            throw Blocking.failure(failure);
          }
          return count;
        }
        client.connection().whileConsuming(() -> consumer.accept(row));
        count++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Blocking.interrupted(e);
    } finally {
      // Does nothing to what is over.
      subscription.cancel();
    }
  }

  /** A row, or the end: without it, with a failure or without. */
  private record Signal(@Nullable ProfileRow row, @Nullable Throwable failure) {}

  /** Hands rows to the caller's thread: never more than one, for no more are asked for. */
  private static final class Rows implements Flow.Subscriber<ProfileRow> {
    final BlockingQueue<Signal> arrived = new LinkedBlockingQueue<>();
    private Flow.@Nullable Subscription subscription;

    Flow.Subscription subscription() {
      return Objects.requireNonNull(subscription);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(ProfileRow row) {
      arrived.add(new Signal(row, null));
    }

    @Override
    public void onError(Throwable failure) {
      arrived.add(new Signal(null, failure));
    }

    @Override
    public void onComplete() {
      arrived.add(new Signal(null, null));
    }
  }
}
