"""What `inventory check` counts, misses, suspects and finds impossible: closed lists."""

from __future__ import annotations

from enum import Enum, unique


@unique
class Aspect(Enum):
    """What is counted."""

    POSTS = "posts"  # of the unit itself
    OWNERS = "owners"
    GRADES = "grades"
    FILING = "filing"
    CONTACTS = "contacts"
    IPV6 = "ipv6"
    NAMES = "names"  # of websites


@unique
class Lack(Enum):
    """What is missing."""

    FIRST_RESPONSIBLE = "first_responsible"
    DEPUTY_IN_CHARGE = "deputy_in_charge"
    SECURITY_DEPARTMENT = "security_department"
    TECHNICAL_SUPPORT = "technical_support"
    SUPERVISES = "supervises"  # unit, person or post of the responsibility
    MAINTAINS = "maintains"
    USES = "uses"
    GRADE = "grade"
    FILING = "filing"
    CONTACT_OF_SUPERVISES = "contact_of_supervises"
    CONTACT_OF_MAINTAINS = "contact_of_maintains"
    CONTACT_OF_USES = "contact_of_uses"
    IPV6 = "ipv6"
    FILING_STATE = "filing_state"  # a number stands, and nobody said how far the filing came
    NAME = "name"


@unique
class Likeness(Enum):
    """Why two systems may be one; the value is how much it weighs, in percent (practice)."""

    SAME_ENDPOINT = 85
    SAME_REGISTRATION = 80
    SAME_DOMAIN = 75
    SAME_NAME = 90
    SAME_CORE = 65
    NEAR_NAME = 51
    SAME_ADDRESS = 20


@unique
class Clash(Enum):
    """What contradicts what."""

    FILED_AT_OTHER_LEVEL = "filed_at_other_level"
    FILED_BUT_NOT_GRADED = "filed_but_not_graded"
    CERTIFIED_WITHOUT_NUMBER = "certified_without_number"
    FILING_NUMBER_FORM = "filing_number_form"
    VALID_BEFORE_CERTIFIED = "valid_before_certified"
    FILING_EXPIRED = "filing_expired"
    PLATFORM_LEVEL_LOWER = "platform_level_lower"
    RETIRED_BUT_ANSWERING = "retired_but_answering"
    RETIRED_BUT_RUNNING = "retired_but_running"
    IN_USE_BUT_NOT_RUNNING = "in_use_but_not_running"
    OWNER_LEFT = "owner_left"
    OWNER_OF_OTHER_BODY = "owner_of_other_body"
    UNIT_RETIRED = "unit_retired"
    POST_HOLDER_LEFT = "post_holder_left"
    STATE_SECRET_WORD = "state_secret_word"  # noqa: S105  # no password
    MINORS_BUT_NOT_PERSONAL = "minors_but_not_personal"
    PEOPLE_BUT_NOT_PERSONAL = "people_but_not_personal"
    CATEGORY_AGAINST_SYSTEM = "category_against_system"
    NONE_AND_OTHERS = "none_and_others"
    SUBSYSTEM_WITHOUT_SUPERIOR = "subsystem_without_superior"
    SUPERIOR_OF_ITSELF = "superior_of_itself"
    SAME_CREDIT_CODE = "same_credit_code"
