package dev.offload.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.TaskStatus;
import dev.offload.spi.ContextCarrier.Carried;
import dev.offload.spi.ContextCarrier.Scope;

/**
 * What all carriers have captured for one task. None of its methods throws what a carrier
 * throws.
 */
public final class CarriedContext {

	/**
	 * Nothing travels, and nobody is told of the task.
	 */
	public static final CarriedContext NONE = new CarriedContext(ContextCarriers.NONE, List.of(), Map.of());

	private static final Logger logger = LoggerFactory.getLogger(CarriedContext.class);

	private final ContextCarriers carriers;

	private final List<Carried> all;

	private final Map<String, String> entries;

	CarriedContext(ContextCarriers carriers, List<Carried> all, Map<String, String> entries) {
		this.carriers = carriers;
		this.all = all;
		this.entries = Collections.unmodifiableMap(entries);
	}

	/**
	 * What travels.
	 * @return the entries of all carriers
	 */
	public Map<String, String> entries() {
		return this.entries;
	}

	/**
	 * Restores it on this thread, for a task that runs in this JVM.
	 * @return what takes it back
	 */
	public Scope restore() {
		return this.carriers.restore(this.entries);
	}

	/**
	 * Restores it once more on any thread of this JVM, for what is made of the task after
	 * its end.
	 * @return what takes it back
	 */
	public Scope resume() {
		return this.carriers.resume(this.entries);
	}

	/**
	 * The task was refused.
	 * @param failure what its caller gets
	 */
	public void rejected(Throwable failure) {
		tell((carried) -> carried.rejected(failure));
	}

	/**
	 * The task was handed to a slot.
	 */
	public void started() {
		tell(Carried::started);
	}

	/**
	 * The task came to its end.
	 * @param status how it ended
	 * @param failure what its caller gets, {@code null} if it gets a result
	 */
	public void ended(TaskStatus status, @Nullable Throwable failure) {
		tell((carried) -> carried.ended(status, failure));
	}

	private void tell(Consumer<Carried> event) {
		for (Carried carried : this.all) {
			try {
				event.accept(carried);
			}
			catch (Throwable ex) {
				logger.warn("{} failed, and changes nothing by it", carried.getClass().getName(), ex);
			}
		}
	}

}
