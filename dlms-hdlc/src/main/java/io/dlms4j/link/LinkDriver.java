package io.dlms4j.link;

/**
 * Runs a link and the layer above it on a line: receive, events, transmit, until both are quiet.
 *
 * <p>All the driving there is stands here, so that a Netty channel, a serial line, a blocking
 * socket and a test with a virtual clock behave alike. Used by one thread at a time, and not
 * reentrant: a {@link Line} must not call back.
 */
public final class LinkDriver {
  private final Link link;
  private final LinkUser user;
  private final Line line;

  /** Where the octets of a link go. */
  @FunctionalInterface
  public interface Line {
    /**
     * Sends octets.
     *
     * @param octets what the link wants sent; valid for as long as it is held
     */
    void transmit(Payload octets);
  }

  /**
   * Joins a link, its user and a line.
   *
   * @param link the link
   * @param user the layer above it
   * @param line where its octets go
   */
  public LinkDriver(Link link, LinkUser user, Line line) {
    this.link = link;
    this.user = user;
    this.line = line;
  }

  /**
   * The line is there: sets the link up and runs it.
   *
   * @param now time, in nanoseconds
   */
  public void lineReady(long now) {
    link.open(now);
    run(now);
  }

  /**
   * Takes octets from the line and runs the link.
   *
   * @param octets holds the octets
   * @param offset where they begin
   * @param length how many there are
   * @param now time, in nanoseconds
   */
  public void receive(byte[] octets, int offset, int length, long now) {
    link.receive(octets, offset, length, now);
    run(now);
  }

  /**
   * Lets the link and its user do whatever is due: at a deadline, or after the user was given
   * something to do.
   *
   * @param now time, in nanoseconds
   */
  public void run(long now) {
    if (now >= link.nextDeadline()) {
      link.onDeadline(now);
    }
    if (now >= user.nextDeadline()) {
      user.onDeadline(now);
    }
    boolean progress = true;
    while (progress) {
      progress = false;
      for (LinkEvent event = link.pollEvent(); event != null; event = link.pollEvent()) {
        user.onLinkEvent(event, now);
        progress = true;
      }
      for (LinkUser.Outgoing out = user.pollOutgoing(now);
          out != null;
          out = user.pollOutgoing(now)) {
        if (!link.send(out.address(), out.payload(), now)) {
          user.onRefused(out, now);
        }
        progress = true;
      }
      LinkUser.Awaited awaited = user.awaited();
      if (awaited != null) {
        link.setAwaited(awaited.address(), awaited.payloads(), now);
      }
      for (Payload octets = link.pollTransmit(now);
          octets != null;
          octets = link.pollTransmit(now)) {
        line.transmit(octets);
        progress = true;
      }
    }
  }

  /**
   * Takes the link down in an orderly way and runs it.
   *
   * @param now time, in nanoseconds
   */
  public void close(long now) {
    link.close(now);
    run(now);
  }

  /**
   * The line is gone: takes the link down and lets the user know.
   *
   * @param now time, in nanoseconds
   */
  public void lineLost(long now) {
    link.lineLost(now);
    run(now);
  }

  /**
   * When {@link #run} has to be called at the latest.
   *
   * @return a time in nanoseconds, or {@link Link#NEVER}
   */
  public long nextDeadline() {
    return Math.min(link.nextDeadline(), user.nextDeadline());
  }
}
