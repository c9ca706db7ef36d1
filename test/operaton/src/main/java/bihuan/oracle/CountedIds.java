package bihuan.oracle;

import java.util.concurrent.atomic.AtomicLong;
import org.operaton.bpm.engine.impl.cfg.IdGenerator;

/**
 * Ids that sort in the order in which they were given. Where two jobs or tasks are alike, a list has them in the order of their ids; the
 * usual ones (UUIDs by time) sort by time only until their first digits begin again at zero, every seven minutes.
 */
class CountedIds implements IdGenerator {
  private final AtomicLong given = new AtomicLong();

  @Override
  public String getNextId() {
    return "%016d".formatted(given.incrementAndGet());
  }
}
