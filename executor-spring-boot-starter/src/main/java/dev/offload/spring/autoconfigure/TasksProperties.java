package dev.offload.spring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of what is known of tasks after their end.
 *
 * @param enabled Whether records and results of tasks are kept after their end.
 * @param maxRecords How many tasks are kept in memory that were submitted. Of those whose
 * callers waited, and of those refused, a tenth as many are kept besides.
 * @param resultTtl How long after its end a task is kept, with its result. Zero keeps it
 * as long as there is room.
 * @param maxResultSize How large a result may be to be kept. Zero keeps none.
 * @param maxTotalResultSize How large all results together may be that are kept in
 * memory. Of the oldest only the records are kept then.
 */
public record TasksProperties(@DefaultValue("true") boolean enabled, @DefaultValue("10000") int maxRecords,
		@DefaultValue("1h") Duration resultTtl, @DefaultValue("1MB") DataSize maxResultSize,
		@DefaultValue("64MB") DataSize maxTotalResultSize) {

	/**
	 * Creates them.
	 * @param enabled whether records and results are kept
	 * @param maxRecords how many tasks are kept
	 * @param resultTtl how long after its end a task is kept
	 * @param maxResultSize how large a result may be
	 * @param maxTotalResultSize how large all results may be together
	 * @throws IllegalArgumentException if one of them cannot be
	 */
	public TasksProperties {
		require(maxRecords >= 1, "max-records must be 1 or more", maxRecords);
		require(!resultTtl.isNegative(), "result-ttl must be a duration of 0 or more", resultTtl);
		require(!maxResultSize.isNegative(), "max-result-size must be a size of 0 or more", maxResultSize);
		require(!maxTotalResultSize.isNegative(), "max-total-result-size must be a size of 0 or more",
				maxTotalResultSize);
	}

	private static void require(boolean condition, String rule, Object value) {
		if (!condition) {
			throw new IllegalArgumentException("offload.tasks." + rule + ", but is " + value);
		}
	}

}
