package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.BlockingQueue;
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
    ProfileReader.Reading reading = client.connection().await(reader::reading);
    List<ProfileColumn> columns = reading.columns();
    RowParser parser = new RowParser(client.limits(), columns.size());
    Blocks blocks = new Blocks();
    ServiceRequest request = reader.request(reading);
    client
        .connection()
        .submit(
            session ->
                blocks.request =
                    session.request(request, RequestOptions.DEFAULT.atConsumersPace(), blocks),
            blocks::onFailure);
    boolean last = false;
    try {
      while (!last) {
        Block block = blocks.arrived.take();
        if (block.failure != null) {
          throw Blocking.failure(block.failure);
        }
        last = block.last;
        client
            .connection()
            .whileConsuming(
                () ->
                    parser.feed(
                        block.octets,
                        block.last,
                        values -> consumer.accept(new ProfileRow(columns, values))));
        if (!last) {
          onSession(session -> blocks.withRequest(session::proceed), blocks);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Blocking.interrupted(e);
    } finally {
      if (!last) {
        onSession(session -> blocks.withRequest(session::cancel), blocks);
      }
    }
    return parser.rows();
  }

  private void onSession(Consumer<ClientSession> task, Blocks blocks) {
    client.connection().submit(task, blocks::onFailure);
  }

  /** One block, or the end without one. */
  private record Block(Octets octets, boolean last, @Nullable DlmsException failure) {}

  /**
   * Hands blocks from the line's thread to the caller's: never more than one, for the request is
   * paced, and the association drops what was not asked for.
   */
  private static final class Blocks implements ClientSession.Receiver {
    final BlockingQueue<Block> arrived = new LinkedBlockingQueue<>();

    /** Used on the line's thread only. */
    ClientSession.@Nullable Request request;

    void withRequest(Consumer<ClientSession.Request> action) {
      if (request != null) {
        action.accept(request);
      }
    }

    @Override
    public void onData(Octets octets, boolean last) {
      arrived.add(new Block(octets, last, null));
    }

    @Override
    public void onFailure(DlmsException cause) {
      arrived.add(new Block(Octets.EMPTY, true, cause));
    }
  }
}
