package dev.offload.advised

import dev.offload.spring.OffloadTo
import java.io.IOException
import java.io.Serializable
import java.nio.file.Files
import java.nio.file.Path
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** What a Kotlin method takes and returns. */
data class Page(val number: Int, val title: String? = null) : Serializable

/** A service in Kotlin, where all that does not say otherwise is final. */
open class KotlinService {

	@OffloadTo("pdf")
	open fun turn(page: Page, by: Int = 1): Page = page.copy(number = page.number + by)

	@OffloadTo("pdf")
	open fun length(text: String): Int = text.length

}

/** Leaves out what has a default, which only Kotlin can. */
open class KotlinCaller(private val service: KotlinService) {

	fun turn(page: Page): Page = this.service.turn(page)

}

/** A service whose callers are continued. */
open class SuspendingService {

	@OffloadTo("pdf")
	open suspend fun turn(page: Page, by: Int = 1): Page {
		delay(1)
		return page.copy(number = page.number + by, title = "by " + ProcessHandle.current().pid())
	}

	@OffloadTo("pdf")
	open suspend fun fail(text: String): Int {
		delay(1)
		throw IOException(text)
	}

	@OffloadTo(value = "pdf", fallback = "instead")
	open suspend fun failAnswered(text: String): Int = throw IOException(text)

	fun instead(text: String, failure: IOException): Int = text.length

	@OffloadTo("pdf")
	open fun pages(count: Int): Flow<Page> = (1..count).asFlow().map { Page(it) }

	@OffloadTo("pdf")
	open suspend fun endlessPages(): Flow<Page> {
		delay(1)
		return generateSequence(1) { it + 1 }.asFlow().map { Page(it) }
	}

	@OffloadTo("pdf")
	open suspend fun hold(marker: String) {
		Files.createFile(Path.of(marker))
		awaitCancellation()
	}

}

/** Calls what can only be called by Kotlin. */
open class SuspendingCaller(private val service: SuspendingService) {

	fun turn(page: Page): Page = runBlocking { service.turn(page) }

	fun fail(text: String): Int = runBlocking { service.fail(text) }

	fun failAnswered(text: String): Int = runBlocking { service.failAnswered(text) }

	fun pages(count: Int): List<Page> = runBlocking { service.pages(count).toList() }

	fun endlessPages(count: Int): List<Page> = runBlocking { service.endlessPages().take(count).toList() }

	/** Cancels a call once it runs. */
	fun cancel(marker: String) = runBlocking {
		val call = launch(Dispatchers.IO) { service.hold(marker) }
		withTimeout(20_000) {
			while (Files.notExists(Path.of(marker))) {
				delay(5)
			}
			call.cancelAndJoin()
		}
	}

}
