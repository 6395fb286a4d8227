package dev.offload.spring.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import dev.offload.ExecutorRegistry;
import dev.offload.TaskRecord;
import dev.offload.Tasks;

/**
 * Streams what happens to tasks to clients. Who may follow which tasks is the
 * application's to say, by its filters.
 */
@RestController
@RequestMapping(path = "${offload.web.events.path:/offload/events}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
class TaskEventStreamsController {

	private final ExecutorRegistry registry;

	private final TaskEventStreams streams;

	TaskEventStreamsController(ExecutorRegistry registry, TaskEventStreams streams) {
		this.registry = registry;
		this.streams = streams;
	}

	/**
	 * Streams one task until its end. The first event says where it stands.
	 * @param id the id of the task
	 * @param method {@code GET}, or {@code HEAD}, for which there is no stream
	 * @param lastEvent what the client has seen last
	 * @return the stream, or nothing to a client that has seen the end
	 */
	@GetMapping("/tasks/{id}")
	ResponseEntity<SseEmitter> task(@PathVariable("id") String id, HttpMethod method,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEvent) {
		if (TaskEventStream.END.equals(lastEvent)) {
			return ResponseEntity.noContent().build();
		}
		Tasks tasks = this.registry.tasks();
		TaskRecord known = tasks.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such task"));
		if (HttpMethod.HEAD.equals(method)) {
			return withoutBody();
		}
		TaskEventStream stream = require(this.streams.open(known, tasks));
		try {
			// Once more: what has happened until now may have been told to nobody.
			stream.offer(TaskView.of(tasks.find(id).orElse(known)));
		}
		catch (RuntimeException ex) {
			stream.close();
			throw ex;
		}
		return answer(stream);
	}

	/**
	 * Streams all tasks of an executor until it is closed.
	 * @param name the name of the executor
	 * @param method {@code GET}, or {@code HEAD}, for which there is no stream
	 * @return the stream
	 */
	@GetMapping("/executors/{name}")
	ResponseEntity<SseEmitter> executor(@PathVariable("name") String name, HttpMethod method) {
		if (this.registry.find(name).isEmpty()) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such executor");
		}
		if (HttpMethod.HEAD.equals(method)) {
			return withoutBody();
		}
		TaskEventStream stream = require(this.streams.open(name));
		stream.beat();
		return answer(stream);
	}

	private static TaskEventStream require(@Nullable TaskEventStream stream) {
		if (stream == null) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "There are too many streams");
		}
		return stream;
	}

	private static ResponseEntity<SseEmitter> answer(TaskEventStream stream) {
		return ok().body(stream.emitter());
	}

	// Nothing is ever written of a stream that was asked for by HEAD, so nobody would
	// find that its client has gone.
	private static ResponseEntity<SseEmitter> withoutBody() {
		return ok().contentType(MediaType.TEXT_EVENT_STREAM).build();
	}

	// Proxies that collect answers are told not to.
	private static ResponseEntity.BodyBuilder ok() {
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).header("X-Accel-Buffering", "no");
	}

}
