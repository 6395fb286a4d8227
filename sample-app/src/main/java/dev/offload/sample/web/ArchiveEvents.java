package dev.offload.sample.web;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import dev.offload.sample.archive.Archive;
import dev.offload.sample.archive.ArchiveState;

/**
 * Tells one client how far an archive is, until that has ended. A slow client holds up
 * nobody: it hears of the last state only.
 */
final class ArchiveEvents {

	private static final long NO_LIMIT = 0;

	private final Archive archive;

	private final Executor executor;

	private final SseEmitter emitter = new SseEmitter(NO_LIMIT);

	/** Set by whoever finds something new, cleared by the thread that sends it. */
	private final AtomicBoolean sending = new AtomicBoolean();

	private final Runnable unwatch;

	/** Used by the thread that sends. */
	private volatile boolean ended;

	ArchiveEvents(Archive archive, Executor executor) {
		this.archive = archive;
		this.executor = executor;
		this.unwatch = archive.watch(this::changed);
		this.emitter.onCompletion(this.unwatch);
		this.emitter.onError((failure) -> this.unwatch.run());
	}

	SseEmitter open() {
		changed();
		return this.emitter;
	}

	private void changed() {
		if (this.sending.compareAndSet(false, true)) {
			this.executor.execute(this::send);
		}
	}

	private void send() {
		// What changes from here on is sent by another turn.
		this.sending.set(false);
		synchronized (this.emitter) {
			if (!this.ended) {
				sendState();
			}
		}
	}

	private void sendState() {
		ArchiveState state = this.archive.state();
		try {
			this.emitter.send(SseEmitter.event().name("state").data(state, MediaType.APPLICATION_JSON));
			if (state.isFinal()) {
				this.ended = true;
				this.emitter.complete();
			}
		}
		catch (IOException | IllegalStateException ex) {
			// The client has gone.
			this.ended = true;
			this.unwatch.run();
		}
	}

}
