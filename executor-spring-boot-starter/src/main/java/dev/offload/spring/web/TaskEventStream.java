package dev.offload.spring.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One client that follows tasks. What waits for it is the newest of each task, so a slow
 * client misses steps and never the end; one that is behind with too many tasks is sent
 * away. Whoever offers something never waits. Safe for use by many threads.
 */
final class TaskEventStream {

	/** With this a client says after the end that it has seen it. */
	static final String END = "end";

	static final int MAX_TASKS = 1000;

	private static final Logger logger = LoggerFactory.getLogger(TaskEventStream.class);

	private final SseEmitter emitter;

	private final boolean ofOneTask;

	private final Executor writers;

	/** Told when it ends by itself: an emitter that does so early calls nobody back. */
	private final Consumer<TaskEventStream> onEnd;

	private final ReentrantLock lock = new ReentrantLock();

	/* All below is guarded by the lock. */

	private final Map<String, TaskView> waiting = new LinkedHashMap<>();

	/** What was sent last. */
	private @Nullable TaskView sent;

	private boolean beat;

	private boolean writing;

	/** Whether the task was not found when it was looked for last. */
	private boolean missed;

	/** Nothing more is taken; what waits is sent still. */
	private boolean closing;

	TaskEventStream(SseEmitter emitter, boolean ofOneTask, Executor writers, Consumer<TaskEventStream> onEnd) {
		this.emitter = emitter;
		this.ofOneTask = ofOneTask;
		this.writers = writers;
		this.onEnd = onEnd;
	}

	SseEmitter emitter() {
		return this.emitter;
	}

	void offer(TaskView view) {
		this.lock.lock();
		try {
			if (this.closing || isOld(view)) {
				return;
			}
			this.waiting.put(view.id(), view);
			if (this.waiting.size() > MAX_TASKS) {
				logger.debug("A client that follows tasks is behind with {} of them and is sent away", MAX_TASKS);
				this.waiting.clear();
				this.closing = true;
			}
			this.closing |= this.ofOneTask && view.ended();
		}
		finally {
			this.lock.unlock();
		}
		write();
	}

	// The one task, as it was found again: often nothing has happened to it since.
	void offerAgain(TaskView view) {
		boolean news;
		this.lock.lock();
		try {
			this.missed = false;
			TaskView last = last(view.id());
			news = last == null || !view.isSameStep(last);
		}
		finally {
			this.lock.unlock();
		}
		if (news) {
			offer(view);
		}
	}

	// The one task is not known any more. When that is said for the first time, its end
	// may be on its way.
	void missed() {
		boolean again;
		this.lock.lock();
		try {
			again = this.missed;
			this.missed = true;
		}
		finally {
			this.lock.unlock();
		}
		if (again) {
			close();
		}
	}

	private boolean isOld(TaskView view) {
		TaskView last = last(view.id());
		return last != null && view.isBefore(last);
	}

	private @Nullable TaskView last(String id) {
		TaskView last = this.waiting.get(id);
		return (last == null && this.ofOneTask) ? this.sent : last;
	}

	// Says that it lives: a client that has gone is found by this.
	void beat() {
		this.lock.lock();
		try {
			this.beat = true;
		}
		finally {
			this.lock.unlock();
		}
		write();
	}

	// Ends it, after what waits.
	void close() {
		this.lock.lock();
		try {
			this.closing = true;
		}
		finally {
			this.lock.unlock();
		}
		write();
	}

	private void write() {
		this.lock.lock();
		try {
			if (this.writing) {
				return;
			}
			this.writing = true;
		}
		finally {
			this.lock.unlock();
		}
		try {
			this.writers.execute(this::writeAll);
		}
		catch (RuntimeException ex) {
			// The application ends.
			this.onEnd.accept(this);
			this.emitter.complete();
		}
	}

	// One thread at a time. A client that has gone is no error.
	private void writeAll() {
		try {
			boolean more = writeNext();
			while (more) {
				more = writeNext();
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("A client that follows tasks has gone", ex);
			this.onEnd.accept(this);
			this.emitter.completeWithError(ex);
		}
	}

	// False if there is nothing more for now, or for ever.
	private boolean writeNext() throws IOException {
		TaskView view;
		this.lock.lock();
		try {
			view = takeWaiting();
			if (view == null && !this.beat && !this.closing) {
				this.writing = false;
				return false;
			}
			this.beat &= view != null;
		}
		finally {
			this.lock.unlock();
		}
		if (view != null) {
			send(view);
			return true;
		}
		if (isClosing()) {
			this.onEnd.accept(this);
			this.emitter.complete();
			return false;
		}
		this.emitter.send(SseEmitter.event().comment("alive"));
		return true;
	}

	private @Nullable TaskView takeWaiting() {
		var all = this.waiting.values().iterator();
		if (!all.hasNext()) {
			return null;
		}
		TaskView view = all.next();
		all.remove();
		this.sent = view;
		return view;
	}

	private boolean isClosing() {
		this.lock.lock();
		try {
			return this.closing;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void send(TaskView view) throws IOException {
		SseEmitter.SseEventBuilder event = SseEmitter.event().name("task");
		if (this.ofOneTask && view.ended()) {
			event.id(END);
		}
		this.emitter.send(event.data(view, MediaType.APPLICATION_JSON));
	}

}
