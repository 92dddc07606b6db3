"""What the publication guard is told of a picture."""

from hue.guard import draft as guard
from hue.media.models import Picture


def of(picture: Picture) -> guard.Picture:
    return guard.Picture(
        of=picture.shows,
        person=picture.person,
        age=picture.age,
        source=picture.source,
        purpose=picture.purpose,
        approved_by=picture.approved_by,
        others_visible=picture.others_visible,
        others_obscured=picture.others_obscured,
        review_at=picture.review_at,
        prior_enquiries=bool(picture.prior_enquiries),
        last_resort=picture.last_resort,
    )
