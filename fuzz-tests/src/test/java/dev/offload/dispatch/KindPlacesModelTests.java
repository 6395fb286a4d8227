package dev.offload.dispatch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.ConcurrencyLimit;
import dev.offload.ExecutorOverloadException;
import dev.offload.OverloadPolicy;
import dev.offload.TaskOptions;

/**
 * Tests for {@link KindPlaces} in many orders of the steps that threads take with them:
 * no more places of a kind are taken than there are, each is given back once, and who
 * waits for one is told.
 */
public class KindPlacesModelTests {

	private static final int MAX = 2;

	private static final TaskOptions OPTIONS = TaskOptions.DEFAULTS
		.withConcurrency(new ConcurrencyLimit("kind", MAX, OverloadPolicy.REJECT));

	private final KindPlaces places = new KindPlaces("model");

	private final AtomicReference<@Nullable KindPlace> last = new AtomicReference<>();

	private final AtomicInteger held = new AtomicInteger();

	/** How many wait to be told. */
	private final AtomicInteger waiting = new AtomicInteger();

	@Test
	void placesOfAKindAreNeverMoreThanThereAreAndAddUp() {
		Model.options().iterations(2).verifier(EpsilonVerifier.class).check(KindPlacesModelTests.class);
	}

	@Operation
	public void take() {
		try {
			took(this.places.take(OPTIONS));
		}
		catch (ExecutorOverloadException ex) {
			// There is none.
		}
	}

	@Operation
	public void takeOrWait() {
		this.waiting.incrementAndGet();
		KindPlace place = this.places.takeIfRoom(OPTIONS, this.waiting::decrementAndGet);
		if (place != null) {
			this.waiting.decrementAndGet();
			took(place);
		}
	}

	private void took(KindPlace place) {
		if (this.held.incrementAndGet() > MAX) {
			throw new IllegalStateException(this.held + " places are taken");
		}
		KindPlace before = this.last.getAndSet(place);
		if (before != null) {
			giveBack(before);
		}
	}

	// Also twice, as where a task is refused at the last moment.
	private void giveBack(KindPlace place) {
		this.held.decrementAndGet();
		place.leave();
		place.leave();
	}

	@Operation
	public void leave() {
		KindPlace place = this.last.getAndSet(null);
		if (place != null) {
			giveBack(place);
		}
	}

	@Validate
	public void allAddsUp() {
		if (this.places.held("kind") != this.held.get()) {
			throw new IllegalStateException(this.places.held("kind") + " counted, and " + this.held + " held");
		}
		if (this.waiting.get() > 0 && this.held.get() < MAX) {
			throw new IllegalStateException("One waits although a place is free");
		}
	}

}
