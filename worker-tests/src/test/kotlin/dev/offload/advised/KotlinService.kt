package dev.offload.advised

import dev.offload.spring.OffloadTo
import java.io.Serializable

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

/** A service that cannot be offloaded. */
open class SuspendingService {

	@OffloadTo("pdf")
	open suspend fun length(text: String): Int = text.length

}
