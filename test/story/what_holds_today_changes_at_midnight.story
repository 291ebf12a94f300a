# A page that is kept in memory must not speak of yesterday.
as a citizen
  open /district
  see 民國115年3月2日
  open /district
  see 民國115年3月2日
  clock +1d
  open /district
  see 民國115年3月3日
